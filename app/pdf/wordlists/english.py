"""English."""

from app.pdf.wordlists.table import table

ENGLISH = table(
    "en",
    kinds={
        "signature": "signature, signatures, signed, signed by, sign here, signatory, sign, authorized signature, "
        "authorised signature, please sign, signature of",
        "initials": "initial, initials, initial here",
        "date": "date, dated, day, birth date, birthdate, date of birth, dob, born, born on, expiry, expiration date",
        "email": "email, e mail, mail, email address, e mail address",
        "name": "account holder, cardholder, undersigned, name, names, fullname, full name, printed name, "
        "print name, name in print, "
        "first name, last name, "
        "surname, given name, family name, forename, forenames, middle name",
        "company": "company, organisation, organization, employer, company name, business name, firm",
        "title": "title, position, job title, occupation, capacity",
        "text": "place date, place and date, city date, "
        "address, street, city, town, state, zip, zip code, postal code, postcode, country, place, "
        "place of birth, phone, telephone, tel, mobile, fax, nationality, iban, account number, passport number, "
        "passport no, id number, id no, tax number, tax id, vat number, policy number, comments, remarks, notes, "
        "reason, department, phone number, mobile number, telephone number, mailing address, home address, "
        "street address, social security number, reference",
    },
    roles={
        "buyer": "buyer, purchaser, vendee",
        "seller": "seller, vendor",
        "tenant": "tenant, lessee, renter, resident",
        "landlord": "landlord, lessor",
        "employee": "employee, worker",
        "employer": "employer",
        "client": "client, customer, applicant, patient, member",
        "contractor": "contractor, provider, supplier, consultant, freelancer",
        "borrower": "borrower, debtor",
        "lender": "lender, creditor",
        "witness": "witness",
        "guardian": "guardian, parent",
        "agent": "agent, broker, representative",
        "guarantor": "guarantor",
        "notary": "notary",
        "licensor": "licensor",
        "licensee": "licensee",
    },
    common="the of and to in is for that with this by or be are as on shall not from any your you which has have",
    joins="of",
)
