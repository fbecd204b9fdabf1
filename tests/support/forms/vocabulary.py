"""What forms say in six languages: labels with the kind they ask for, and prose that asks for nothing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Vocabulary:
    """`labels` are asked for with or without a colon; `prose` holds the same words where they ask for nothing."""

    code: str
    title: str
    labels: tuple[tuple[str, str], ...]
    parties: tuple[str, str]
    ticks: tuple[str, ...]
    prose: tuple[str, ...]
    sentence: tuple[str, str, str, str]

    def kind(self, label: str) -> str:
        return dict(self.labels)[label]


ENGLISH = Vocabulary(
    "en",
    "Residential lease agreement",
    (
        ("Full name", "name"), ("Date of birth", "date"), ("E-mail", "email"), ("Street address", "text"),
        ("Phone number", "text"), ("Company", "company"), ("Position", "title"), ("Place", "text"),
        ("Signature", "signature"), ("Date", "date"), ("Printed name", "name"), ("Initials", "initials"),
        ("Authorized signature", "signature"), ("City", "text"),
    ),
    ("Tenant", "Landlord"),
    ("I agree to the terms of this agreement", "I want to receive the newsletter", "Yes", "No", "Married"),
    (
        "This agreement is made between the parties on the date of the last signature below and shall be",
        "binding upon them. The name of the tenant must not be given to others. Any notice under it is",
        "valid if sent to the address of the company by e-mail or by post, with the signature of the sender.",
        "The date on which the keys are handed over is the first day of the lease.",
    ),
    ("I, the undersigned ", ", born on ", ", living in ", ", agree."),
)
GERMAN = Vocabulary(
    "de",
    "Mietvertrag über Wohnraum",
    (
        ("Name", "name"), ("Geburtsdatum", "date"), ("E-Mail", "email"), ("Anschrift", "text"),
        ("Telefon", "text"), ("Firma", "company"), ("Funktion", "title"), ("Ort", "text"),
        ("Unterschrift", "signature"), ("Datum", "date"), ("Vor- und Nachname", "name"), ("Initialen", "initials"),
        ("Unterschrift des Mieters", "signature"), ("PLZ, Ort", "text"), ("Ort, Datum", "text"),
    ),
    ("Mieter", "Vermieter"),
    ("Ich stimme den Bedingungen zu", "Ich möchte Neuigkeiten erhalten", "Ja", "Nein", "Verheiratet"),
    (
        "Dieser Vertrag wird zwischen den Parteien geschlossen und ist mit dem Datum der letzten",
        "Unterschrift für sie verbindlich. Der Name des Mieters wird nicht an andere weitergegeben.",
        "Mitteilungen sind wirksam, wenn sie an die Anschrift der Firma gesandt werden und die",
        "Unterschrift des Absenders tragen. Die Schlüssel werden an dem Tag des Einzugs übergeben.",
    ),
    ("Ich, ", ", geboren am ", ", wohnhaft in ", ", stimme zu."),
)
FRENCH = Vocabulary(
    "fr",
    "Contrat de location",
    (
        ("Nom et prénom", "name"), ("Date de naissance", "date"), ("Courriel", "email"), ("Adresse", "text"),
        ("Téléphone", "text"), ("Société", "company"), ("Fonction", "title"), ("Lieu", "text"),
        ("Signature", "signature"), ("Date", "date"), ("Prénom", "name"), ("Paraphe", "initials"),
        ("Signature du locataire", "signature"), ("Code postal", "text"),
    ),
    ("Le locataire", "Le bailleur"),
    ("J'accepte les conditions du contrat", "Je souhaite recevoir la lettre", "Oui", "Non", "Marié"),
    (
        "Le présent contrat est conclu entre les parties à la date de la dernière signature et les engage.",
        "Le nom du locataire ne sera pas transmis à des tiers. Toute notification est valable si elle est",
        "envoyée à l'adresse de la société par courriel ou par lettre, avec la signature de l'expéditeur.",
        "La date de remise des clés est le premier jour de la location pour les parties.",
    ),
    ("Je soussigné ", ", né le ", ", demeurant à ", ", accepte."),
)
SPANISH = Vocabulary(
    "es",
    "Contrato de arrendamiento",
    (
        ("Nombre y apellidos", "name"), ("Fecha de nacimiento", "date"), ("Correo electrónico", "email"),
        ("Domicilio", "text"), ("Teléfono", "text"), ("Empresa", "company"), ("Cargo", "title"), ("Lugar", "text"),
        ("Firma", "signature"), ("Fecha", "date"), ("Nombre", "name"), ("Iniciales", "initials"),
        ("Firma del arrendatario", "signature"), ("DNI", "text"),
    ),
    ("El arrendatario", "El arrendador"),
    ("Acepto las condiciones del contrato", "Deseo recibir noticias", "Sí", "No", "Casado"),
    (
        "El presente contrato se celebra entre las partes en la fecha de la última firma y las obliga.",
        "El nombre del arrendatario no será comunicado a otros. Toda notificación es válida si se envía a",
        "la dirección de la empresa por correo o por carta, con la firma del remitente.",
        "La fecha de entrega de las llaves es el primer día del contrato para las partes.",
    ),
    ("Yo, ", ", nacido el ", ", con domicilio en ", ", acepto."),
)
PORTUGUESE = Vocabulary(
    "pt",
    "Contrato de arrendamento",
    (
        ("Nome completo", "name"), ("Data de nascimento", "date"), ("E-mail", "email"), ("Morada", "text"),
        ("Telefone", "text"), ("Empresa", "company"), ("Cargo", "title"), ("Local", "text"),
        ("Assinatura", "signature"), ("Data", "date"), ("Nome", "name"), ("Rubrica", "initials"),
        ("Assinatura do senhorio", "signature"), ("Código postal", "text"),
    ),
    ("O inquilino", "O senhorio"),
    ("Aceito as condições do contrato", "Desejo receber notícias", "Sim", "Não", "Casado"),
    (
        "O presente contrato é celebrado entre as partes na data da última assinatura e é vinculativo para elas.",
        "O nome do inquilino não será comunicado a outros. Qualquer notificação é válida se for enviada para",
        "a morada da empresa por e-mail ou por carta, com a assinatura do remetente.",
        "A data da entrega das chaves é o primeiro dia do contrato para as partes.",
    ),
    ("Eu, ", ", nascido em ", ", residente em ", ", aceito."),
)
ITALIAN = Vocabulary(
    "it",
    "Contratto di locazione",
    (
        ("Nome e cognome", "name"), ("Data di nascita", "date"), ("E-mail", "email"), ("Indirizzo", "text"),
        ("Telefono", "text"), ("Società", "company"), ("Qualifica", "title"), ("Luogo", "text"),
        ("Firma", "signature"), ("Data", "date"), ("Cognome", "name"), ("Sigla", "initials"),
        ("Firma del conduttore", "signature"), ("Codice fiscale", "text"),
    ),
    ("Il conduttore", "Il locatore"),
    ("Accetto le condizioni del contratto", "Desidero ricevere notizie", "Sì", "No", "Coniugato"),
    (
        "Il presente contratto è concluso tra le parti alla data dell'ultima firma ed è vincolante per esse.",
        "Il nome del conduttore non sarà comunicato ad altri. Ogni comunicazione è valida se è inviata",
        "all'indirizzo della società per posta o per lettera, con la firma del mittente.",
        "La data di consegna delle chiavi è il primo giorno del contratto per le parti.",
    ),
    ("Io sottoscritto ", ", nato il ", ", residente in ", ", accetto."),
)
VOCABULARIES = (ENGLISH, GERMAN, FRENCH, SPANISH, PORTUGUESE, ITALIAN)
