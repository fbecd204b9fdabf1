"""German."""

from app.pdf.wordlists.table import table

GERMAN = table(
    "de",
    kinds={
        "signature": "unterschrift, unterschriften, signatur, unterzeichner, unterzeichnet, gezeichnet, "
        "hier unterschreiben, rechtsverbindliche unterschrift",
        "initials": "initialen, paraphe, kürzel, handzeichen",
        "date": "datum, tag, geburtsdatum, geboren am, geb am, gültig bis",
        "email": "e mail, email, mail, e mail adresse",
        "name": "kontoinhaber, kontoinhaberin, unterzeichnete, unterzeichneter, name, vorname, nachname, "
        "familienname, vor und nachname, "
        "name in druckschrift, "
        "name in blockschrift, vollständiger name, geburtsname, vor und zuname, zuname, namen",
        "company": "firma, unternehmen, arbeitgeber, organisation, firmenname, gesellschaft, verein",
        "title": "position, funktion, stellung, berufsbezeichnung, titel, beruf",
        "text": "anschrift, adresse, straße, strasse, hausnummer, plz, postleitzahl, ort, wohnort, stadt, land, "
        "telefon, telefonnummer, tel, mobil, handy, fax, geburtsort, staatsangehörigkeit, iban, bic, kontonummer, "
        "bank, steuernummer, ausweisnummer, bemerkungen, anmerkungen, kommentar, abteilung, kundennummer, "
        "plz ort, straße nr, straße hausnummer, ort datum, ort und datum, datum ort, kreditinstitut, "
        "personalausweisnummer, vertragsnummer, versicherungsnummer",
    },
    heads={
        "signature": "unterschrift, unterzeichner",
        "date": "datum",
        "name": "vorname, nachname",
        "text": "anschrift, adresse, nummer",
    },
    roles={
        "buyer": "käufer, käuferin, käufers, erwerber",
        "seller": "verkäufer, verkäuferin, verkäufers",
        "tenant": "mieter, mieterin, mieters, untermieter, pächter",
        "landlord": "vermieter, vermieterin, vermieters, verpächter",
        "employee": "arbeitnehmer, arbeitnehmerin, arbeitnehmers, mitarbeiter, mitarbeiterin, mitarbeiters",
        "employer": "arbeitgeber, arbeitgebers, arbeitgeberin",
        "client": "auftraggeber, auftraggebers, kunde, kunden, antragsteller, antragstellerin, antragstellers, "
        "patient, mitglied, mitglieds",
        "contractor": "auftragnehmer, auftragnehmers, dienstleister, lieferant",
        "borrower": "darlehensnehmer, kreditnehmer, schuldner",
        "lender": "darlehensgeber, kreditgeber, gläubiger",
        "witness": "zeuge, zeugin, zeugen",
        "guardian": "erziehungsberechtigte, erziehungsberechtigter, erziehungsberechtigten",
        "agent": "makler, vertreter, vertreters, bevollmächtigter, bevollmächtigten",
        "guarantor": "bürge, bürgen",
        "notary": "notar, notarin",
    },
    common="der die das und ist nicht mit von den dem für auf wird werden oder des im ein eine zu sie ich bei nach",
    joins="der des von in",
)
