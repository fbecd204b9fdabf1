"""Italian."""

from app.pdf.wordlists.table import table

ITALIAN = table(
    "it",
    kinds={
        "signature": "firma, firme, firmato, firmatario, sottoscrizione, firmare qui, firma leggibile",
        "initials": "iniziali, sigla, parafa",
        "date": "data, data di nascita, nato il, nata il, data della firma, scadenza",
        "email": "e mail, email, posta elettronica, mail, indirizzo e mail, pec",
        "name": "intestatario, intestatario del conto, io sottoscritto, il sottoscritto, la sottoscritta, "
        "sottoscritto, sottoscritta, nome, cognome, "
        "nome e cognome, cognome e nome, nome completo, nominativo",
        "company": "società, azienda, impresa, ragione sociale, ditta, ente, datore di lavoro, denominazione",
        "title": "qualifica, carica, funzione, ruolo, posizione, professione",
        "text": "indirizzo, via, residenza, domicilio, città, comune, provincia, cap, paese, luogo, "
        "luogo di nascita, nato a, nata a, telefono, tel, cellulare, fax, nazionalità, cittadinanza, iban, "
        "codice fiscale, partita iva, numero di conto, osservazioni, note, commenti, reparto, motivo, "
        "luogo e data, luogo data, data e luogo, numero di telefono, residente in",
    },
    roles={
        "buyer": "acquirente, compratore",
        "seller": "venditore, venditrice",
        "tenant": "conduttore, conduttrice, inquilino, inquilina, locatario, affittuario",
        "landlord": "locatore, locatrice",
        "employee": "lavoratore, lavoratrice, dipendente, impiegato",
        "employer": "datore",
        "client": "cliente, committente, richiedente, paziente, socio",
        "contractor": "appaltatore, fornitore, prestatore",
        "borrower": "mutuatario, debitore",
        "lender": "mutuante, creditore",
        "witness": "testimone, teste",
        "guardian": "tutore, genitore",
        "agent": "rappresentante, agente, delegato",
        "guarantor": "garante, fideiussore",
        "notary": "notaio",
    },
    common="il lo la gli le e è di che in per con una non si del della dei al alla nel sono o questo come ai",
    joins="di del della dello in",
)
