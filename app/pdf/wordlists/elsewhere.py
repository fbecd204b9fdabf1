"""The few words that matter most, in further languages."""

from app.pdf.wordlists.table import table

ELSEWHERE = table(
    "",
    kinds={
        "signature": "handtekening, podpis, underskrift, allekirjoitus, aláírás, imza, подпись, підпис, υπογραφή, "
        "توقيع, חתימה, हस्ताक्षर, signatur",
        "initials": "paraaf",
        "date": "dato, päivämäärä, dátum, tarih, дата, ημερομηνία, تاريخ, תאריך, दिनांक",
        "name": "naam, jméno, imię, navn, namn, nimi, név, имя, ім'я, όνομα, الاسم, שם, नाम",
        "company": "bedrijf, azienda",
    },
    roles={"tenant": "huurder", "landlord": "verhuurder", "buyer": "koper", "seller": "verkoper"},
    common="",
)
