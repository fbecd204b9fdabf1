"""Portuguese."""

from app.pdf.wordlists.table import table

PORTUGUESE = table(
    "pt",
    kinds={
        "signature": "assinatura, assinaturas, assinado, signatário, assine aqui",
        "initials": "rubrica, iniciais",
        "date": "data, data de nascimento, nascido em, nascida em, data da assinatura, validade",
        "email": "e mail, email, correio eletrónico, correio eletrônico, endereço de e mail",
        "name": "titular, titular da conta, abaixo assinado, nome, nomes, apelido, apelidos, sobrenome, "
        "nome completo, nome legível, "
        "primeiro nome",
        "company": "empresa, sociedade, companhia, razão social, entidade, organização, firma",
        "title": "cargo, função, profissão, posição",
        "text": "morada, endereço, rua, cidade, localidade, código postal, cep, bairro, estado, país, local, "
        "naturalidade, telefone, tel, telemóvel, celular, fax, nacionalidade, iban, nif, cpf, cnpj, rg, "
        "número de conta, observações, comentários, departamento, motivo, local e data, local data, data e local, "
        "número de telefone, bilhete de identidade, passaporte",
    },
    roles={
        "buyer": "comprador, compradora",
        "seller": "vendedor, vendedora",
        "tenant": "arrendatário, arrendatária, inquilino, inquilina, locatário, locatária",
        "landlord": "senhorio, senhoria, locador, locadora",
        "employee": "trabalhador, trabalhadora, empregado, empregada, funcionário, funcionária",
        "employer": "empregador, empregadora",
        "client": "cliente, requerente, paciente, sócio, contratante",
        "contractor": "contratado, contratada, fornecedor, prestador",
        "borrower": "mutuário, devedor",
        "lender": "mutuante, credor",
        "witness": "testemunha",
        "guardian": "tutor, responsável, encarregado",
        "agent": "representante, agente, procurador",
        "guarantor": "fiador, avalista",
        "notary": "notário",
    },
    common="o os as e é do da dos das que em para por com uma não se no na ao ou são pelo pela mais seu sua",
    joins="de da do em",
)
