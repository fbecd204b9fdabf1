"""Spanish."""

from app.pdf.wordlists.table import table

SPANISH = table(
    "es",
    kinds={
        "signature": "firma, firmas, firmado, firmante, firme aquí, rúbrica",
        "initials": "iniciales",
        "date": "fecha, fecha de nacimiento, fecha de firma, fecha de caducidad, nacido el, nacida el",
        "email": "correo electrónico, e mail, email, correo, mail",
        "name": "titular, titular de la cuenta, el abajo firmante, abajo firmante, don, doña, nombre, nombres, "
        "apellido, apellidos, "
        "nombre y apellidos, nombre completo, primer apellido, "
        "segundo apellido, nombre y apellido, aclaración",
        "company": "empresa, sociedad, compañía, razón social, organización, empleador",
        "title": "cargo, puesto, función, profesión",
        "text": "dirección, domicilio, calle, ciudad, localidad, municipio, provincia, código postal, país, lugar, "
        "lugar de nacimiento, teléfono, tel, móvil, fax, nacionalidad, iban, número de cuenta, dni, nif, cif, nie, "
        "observaciones, comentarios, departamento, motivo, lugar y fecha, lugar fecha, fecha y lugar, población, "
        "pasaporte, número de teléfono, cédula",
    },
    roles={
        "buyer": "comprador, compradora",
        "seller": "vendedor, vendedora",
        "tenant": "arrendatario, arrendataria, inquilino, inquilina",
        "landlord": "arrendador, arrendadora",
        "employee": "trabajador, trabajadora, empleado, empleada",
        "employer": "empleador, empleadora",
        "client": "cliente, solicitante, paciente, socio",
        "contractor": "contratista, proveedor, prestador",
        "borrower": "prestatario, prestataria, deudor",
        "lender": "prestamista, acreedor",
        "witness": "testigo",
        "guardian": "tutor, tutora, padre, madre",
        "agent": "representante, agente, apoderado",
        "guarantor": "avalista, fiador",
        "notary": "notario",
    },
    common="el la los las y es de que en para por con una no se del al lo su como este esta son o más sus",
    joins="de del en",
)
