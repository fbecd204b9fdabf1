"""French."""

from app.pdf.wordlists.table import table

FRENCH = table(
    "fr",
    kinds={
        "signature": "signature, signatures, signataire, signé, signez ici, lu et approuvé",
        "initials": "initiales, paraphe, paraphes",
        "date": "date, date de naissance, né le, née le, fait le, le, valable jusqu au",
        "email": "e mail, email, courriel, mail, adresse e mail, adresse électronique, adresse mail, mél",
        "name": "titulaire, titulaire du compte, je soussigné, je soussignée, soussigné, nom, prénom, noms, "
        "prénoms, nom et prénom, nom prénom, "
        "nom complet, nom de famille, "
        "nom en capitales, nom de naissance",
        "company": "société, entreprise, raison sociale, employeur, organisme, organisation, dénomination",
        "title": "fonction, qualité, titre, poste, profession",
        "text": "adresse, adresse postale, rue, ville, code postal, pays, lieu, lieu de naissance, téléphone, tél, "
        "portable, mobile, fax, nationalité, iban, numéro de compte, siret, siren, numéro de tva, remarques, "
        "observations, commentaires, service, fait à, lieu et date, lieu date, date et lieu, motif, domicile, "
        "numéro de téléphone, numéro de sécurité sociale, demeurant",
    },
    roles={
        "buyer": "acheteur, acheteuse, acquéreur",
        "seller": "vendeur, vendeuse",
        "tenant": "locataire, preneur",
        "landlord": "bailleur, bailleresse, propriétaire",
        "employee": "salarié, salariée, employé, employée",
        "employer": "employeur",
        "client": "client, cliente, demandeur, adhérent, patient, patiente",
        "contractor": "prestataire, fournisseur, entrepreneur",
        "borrower": "emprunteur, débiteur",
        "lender": "prêteur, créancier",
        "witness": "témoin",
        "guardian": "tuteur, parent, parents",
        "agent": "mandataire, agent, représentant",
        "guarantor": "caution, garant",
        "notary": "notaire",
    },
    common="le la les et est des du que qui dans pour par sur au aux une ne pas ou avec ce cette sont vous nous",
    joins="de du des en d",
)
