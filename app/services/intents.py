"""The sentence beside the button that ends a ceremony. It is part of the evidence, so it is kept word for word."""

from app.domain.attesting import attestation_of
from app.domain.envelope import Envelope
from app.domain.recipient import Action, Attestation, Recipient

LANGUAGES = ("en", "de", "fr", "es", "ar")

PHRASES: dict[str, dict[str, str]] = {
    "sign": {
        "en": "I have read these documents and sign them electronically.",
        "de": "Ich habe diese Dokumente gelesen und unterschreibe sie elektronisch.",
        "fr": "J’ai lu ces documents et je les signe électroniquement.",
        "es": "He leído estos documentos y los firmo electrónicamente.",
        "ar": "قرأت هذه المستندات وأوقّعها إلكترونيًا.",
    },
    "approve": {
        "en": "I have read these documents and approve them.",
        "de": "Ich habe diese Dokumente gelesen und genehmige sie.",
        "fr": "J’ai lu ces documents et je les approuve.",
        "es": "He leído estos documentos y los apruebo.",
        "ar": "قرأت هذه المستندات وأوافق عليها.",
    },
    "acknowledge": {
        "en": "I confirm by my name that I have received and read these documents.",
        "de": "Ich bestätige mit meinem Namen, dass ich diese Dokumente erhalten und gelesen habe.",
        "fr": "Je confirme par mon nom avoir reçu et lu ces documents.",
        "es": "Confirmo con mi nombre que he recibido y leído estos documentos.",
        "ar": "أؤكد باسمي أنني استلمت هذه المستندات وقرأتها.",
    },
    "view": {
        "en": "I have looked at these documents.",
        "de": "Ich habe diese Dokumente angesehen.",
        "fr": "J’ai consulté ces documents.",
        "es": "He visto estos documentos.",
        "ar": "اطّلعت على هذه المستندات.",
    },
    "witness": {
        "en": "I was present and saw the signature being made, and I sign as a witness.",
        "de": "Ich war anwesend, habe die Unterschrift gesehen und unterschreibe als Zeuge oder Zeugin.",
        "fr": "J’étais présent, j’ai vu apposer la signature et je signe comme témoin.",
        "es": "Estuve presente, vi cómo se firmaba y firmo como testigo.",
        "ar": "كنت حاضرًا وشاهدت التوقيع، وأوقّع بصفتي شاهدًا.",
    },
}


def phrase(envelope: Envelope, recipient: Recipient, language: str = "en") -> str:
    """For what this recipient's act amounts to; English where there is no translation."""
    action = recipient.action
    if attestation_of(envelope, recipient) is Attestation.ACKNOWLEDGMENT:
        action = Action.ACKNOWLEDGE
    return PHRASES[str(action)].get(language, PHRASES[str(action)]["en"])
