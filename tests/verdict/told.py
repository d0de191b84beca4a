"""Notices as agencies word them, in four languages, with exactly what each points at.

The texts are the project's own; the agency is invented, its wire is in Berlin, and each notice is
read at 19:00 there on Thursday, 12 March 2026.
"""

from datetime import date
from datetime import time

import msgspec

from copytaster.verdict.notices import Moved
from copytaster.verdict.notices import NoticeKind
from copytaster.verdict.notices import Pointer

ZONE = "Europe/Berlin"
KILL, HOLD, RELEASE, PICTURE = (
    NoticeKind.kill,
    NoticeKind.hold,
    NoticeKind.release,
    NoticeKind.eliminate,
)


class Told(msgspec.Struct, frozen=True):
    """A notice, and what is read out of it."""

    headline: str
    text: str
    kind: NoticeKind
    pointers: tuple[Pointer, ...] = ()
    substitutes: tuple[Pointer, ...] = ()
    slugline: str | None = None


def by(
    number: str | None = None,
    headline: str | None = None,
    *,
    at: str | None = None,
    raw: str | None = None,
    zone: str | None = ZONE,
    on: date | None = None,
    **more: object,
) -> Pointer:
    """A pointer: ``by("sea 157", at="17:56")``."""
    moved = None
    if at is not None:
        moved = Moved(at=time.fromisoformat(at), zone=zone, on=on, raw=raw or at)
    return Pointer(number=number, headline=headline, moved=moved, **more)


CLOSED = "Ferry line closed for the winter"
LIES = "Mayor says: “We sold the harbour”"
MARCH_10 = date(2026, 3, 10)
MARCH_12 = date(2026, 3, 12)

ENGLISH = [
    Told("KILL KILL KILL", "Please kill item sea 157.", KILL, (by("sea 157"),)),
    Told("KILL KILL KILL", "Please kill item sea 0157.", KILL, (by("sea 157"),)),
    Told(
        "KILL KILL KILL",
        "Please kill items sea 157 and sea 158.",
        KILL,
        (by("sea 157"), by("sea 158")),
    ),
    Told(
        "KILL KILL KILL",
        "Please kill items sea 157, 158 and 160.",
        KILL,
        (by("sea 157"), by("sea 158"), by("sea 160")),
    ),
    Told(
        "*** KILL - KILL - KILL ***",
        f'Please kill item sea 157 ("{CLOSED}") of 10.03., 17:56.',
        KILL,
        (by("sea 157", CLOSED, at="17:56", on=MARCH_10),),
    ),
    Told(
        "Harbour",
        "KILL KILL KILL\n\nPlease kill item sea 157 of 10.03.",
        KILL,
        (by("sea 157", day=MARCH_10),),
    ),
    Told(
        "BULLETIN KILL",
        "Please kill the story Harbour-Closure, V9991. The figures are wrong. A kill is mandatory. "
        "Make certain the story is not used.",
        KILL,
        (by("V9991", slug="Harbour-Closure"),),
    ),
    Told(
        "Harbour-Closure",
        "Editors: Please kill the story Harbour-Closure, V9991.",
        KILL,
        (by("V9991", slug="Harbour-Closure"),),
    ),
    Told(
        "MANDATORY KILL",
        "Kill the story slugged HARBOUR/CLOSURE. It is wrong.",
        KILL,
        (Pointer(slug="HARBOUR/CLOSURE"),),
    ),
    Told(
        "NEWS ADVISORY: STORY KILL (19:00)",
        f"Attention Editors: Seaboard is withdrawing a story “{CLOSED}” which moved at 1756 "
        "hours. The error is regretted. A substitute version has moved at 1844 hours.",
        KILL,
        (by(headline=CLOSED, at="17:56", raw="1756 hours"),),
        (by(at="18:44", raw="1844 hours"),),
    ),
    Told(
        "NEWS ADVISORY: STORY KILL",
        "NEWS ADVISORY: STORY KILL (19:00) Attention Editors: Seaboard is withdrawing a story "
        f"‘{CLOSED}’ which moved at 1756 hours.",
        KILL,
        (by(headline=CLOSED, at="17:56", raw="1756 hours"),),
    ),
    Told(
        "STORY WITHDRAWN",
        f'Seaboard has withdrawn its story headlined "{CLOSED}" because it named the wrong line '
        '"North".\n\nSTORY_NUMBER: L1N32B20C\n\nSTORY_DATE: 10/03/2026',
        KILL,
        (by(headline=CLOSED, id="L1N32B20C", day=MARCH_10),),
    ),
    Told(f"STORY WITHDRAWN: {CLOSED}", "The story is withdrawn.", KILL, (by(headline=CLOSED),)),
    Told(
        "Note on Story retraction and APOLOGY",
        f"We retract the story “{CLOSED}” sent at 09:38 on Tuesday. We apologise for it.",
        KILL,
        (by(headline=CLOSED, at="09:38", on=MARCH_10),),
    ),
    Told("Note on Story retraction and APOLOGY", "We regret what we reported.", KILL),
    Told(
        "KILL NOTICE",
        f"Please kill the story “{CLOSED}” that moved at 0938 GMT.",
        KILL,
        (by(headline=CLOSED, at="09:38", raw="0938 GMT", zone="UTC"),),
    ),
    Told(
        "STORY KILL",
        f"Please kill the stories “{CLOSED}” and “Harbour stays open”, which moved at 17:56 and "
        "18:01.",
        KILL,
        (by(headline=CLOSED, at="17:56"), by(headline="Harbour stays open", at="18:01")),
    ),
    Told(
        "STORY KILL",
        f"Please withdraw the story {LIES!r}. It moved at 5:56 p.m. today.",
        KILL,
        (by(headline=LIES, at="17:56", raw="5:56 p.m", on=MARCH_12),),
    ),
    Told(
        "ADVISORY KILL",
        "Please do not use the story with the id urn:seaboard:2026:harbour-1.",
        KILL,
        (Pointer(id="urn:seaboard:2026:harbour-1"),),
    ),
    Told(
        "Attention editors",
        "Attention editors: please do not use item sea 157. Item sea 160 replaces it.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "KILL KILL KILL",
        "Please kill item sea 157. Item sea 160 is the substitute.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "KILL KILL KILL",
        "Please kill item sea 157 and use sea 160 instead.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "KILL KILL KILL",
        "Please use sea 160 instead of sea 157.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "KILL KILL KILL",
        "Item sea 157 is replaced by item sea 160.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "KILL KILL KILL",
        f'Please kill item sea 157. A corrected version, "{CLOSED}", has moved as item sea 160.',
        KILL,
        (by("sea 157"),),
        (by("sea 160", CLOSED),),
    ),
    Told("KILL KILL KILL", "The quay has not been sold.", KILL),
    Told(
        "KILL KILL KILL",
        "The whole series on the harbour is withdrawn.",
        KILL,
        (Pointer(slug="Harbour/Closure", series=True),),
        slugline="Harbour/Closure",
    ),
    Told(
        "KILL KILL KILL",
        f"All stories in the series “{CLOSED}” have been withdrawn.",
        KILL,
        (by(headline=CLOSED, series=True),),
    ),
    Told("HOLD HOLD HOLD", "Item sea 157 is being checked.", HOLD, (by("sea 157"),)),
    Told("HOLD HOLD HOLD", "Please hold item sea 157 for now.", HOLD, (by("sea 157"),)),
    Told(
        "Attention editors",
        f"Please do not use the story “{CLOSED}” until further notice.",
        HOLD,
        (by(headline=CLOSED),),
    ),
    Told("WITHHOLD WITHHOLD", "Please withhold sea 157.", HOLD, (by("sea 157"),)),
    Told(
        "HOLD",
        "Please hold the story Harbour-Closure, V9991.",
        HOLD,
        (by("V9991", slug="Harbour-Closure"),),
    ),
    Told(
        "DISREGARD", "Please disregard item sea 157, it was sent in error.", HOLD, (by("sea 157"),)
    ),
    Told(
        "DISREGARD DISREGARD",
        f"Please disregard the story “{CLOSED}”, which moved at 17:56.",
        HOLD,
        (by(headline=CLOSED, at="17:56"),),
    ),
    Told("Note", "Item sea 157 may be used.", RELEASE, (by("sea 157"),)),
    Told("RELEASE", "Item sea 157 may now be used.", RELEASE, (by("sea 157"),)),
    Told("HOLD LIFTED", "The hold on item sea 157 is lifted.", RELEASE, (by("sea 157"),)),
    Told(
        "Attention editors",
        f"The story “{CLOSED}” of 17:56 is released for use.",
        RELEASE,
        (by(headline=CLOSED, at="17:56"),),
    ),
    Told(
        "PHOTO KILL",
        "Please kill photo LON824 of the ferry. Please remove it from all platforms.",
        PICTURE,
        (by("LON824", picture=True),),
    ),
    Told(
        "PHOTO ELIMINATION",
        "Please remove the pictures XNP101 and XNP102 from all platforms.",
        PICTURE,
        (by("XNP101", picture=True), by("XNP102", picture=True)),
    ),
    Told(
        "KILL KILL KILL",
        "Please kill the photo XNP101.",
        PICTURE,
        (by("XNP101", picture=True),),
    ),
]

GERMAN = [
    Told("KILL KILL KILL", "Bitte die Meldung sea 157 nicht verwenden.", KILL, (by("sea 157"),)),
    Told(
        "Achtung Redaktionen",
        "Bitte verwenden Sie die Meldung sea 0157 vom 10.03., 09.38 Uhr, nicht.",
        KILL,
        (by("sea 157", at="09:38", raw="09.38 Uhr", on=MARCH_10),),
    ),
    Told(
        "Hafen",
        "Achtung Redaktionen: Bitte verwenden Sie die Meldung „Fähre fährt nicht mehr“ nicht.",
        KILL,
        (by(headline="Fähre fährt nicht mehr"),),
    ),
    Told(
        "ZURÜCKGEZOGEN",
        "Die Meldung sea 157 wird zurückgezogen. Ersatz ist sea 160.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "MELDUNG ZURUECKGEZOGEN",
        "Die Meldung sea 157 ist zurueckgezogen, weil der Hafen „offen“ bleibt.",
        KILL,
        (by("sea 157"),),
    ),
    Told(
        "Hinweis",
        "An die Redaktionen: Seaboard zieht die Meldung »Fähre fährt nicht mehr« von gestern, "
        "17:56 Uhr, zurück.",
        KILL,
        (by(headline="Fähre fährt nicht mehr", at="17:56", raw="17:56 Uhr", on=date(2026, 3, 11)),),
    ),
    Told(
        "KILL KILL KILL",
        "Bitte streichen Sie die Meldungen sea 157 und sea 158. Stattdessen sea 160 verwenden.",
        KILL,
        (by("sea 157"), by("sea 158")),
        (by("sea 160"),),
    ),
    Told(
        "KILL KILL KILL",
        "Die Meldung sea 157 wird ersetzt durch sea 160.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "KILL KILL KILL",
        "Bitte die ganze Serie nicht mehr verwenden.",
        KILL,
        (Pointer(slug="Hafen/Schließung", series=True),),
        slugline="Hafen/Schließung",
    ),
    Told("HOLD HOLD HOLD", "Bitte die Meldung sea 157 zurückhalten.", HOLD, (by("sea 157"),)),
    Told(
        "Achtung Redaktionen",
        "Bitte verwenden Sie die Meldung sea 157 vorerst nicht.",
        HOLD,
        (by("sea 157"),),
    ),
    Told("Hinweis", "Die Meldung sea 157 kann wieder verwendet werden.", RELEASE, (by("sea 157"),)),
    Told("FREIGABE", "Die Meldung sea 157 ist freigegeben.", RELEASE, (by("sea 157"),)),
    Told(
        "FOTO ZURÜCKGEZOGEN",
        "Bitte löschen Sie das Foto BER123.",
        PICTURE,
        (by("BER123", picture=True),),
    ),
]

FRENCH = [
    Told(
        "ANNULATION",
        "Seaboard annule la dépêche « Le port ferme pour l'hiver » diffusée à 12h45. Prière de ne "
        "pas utiliser.",
        KILL,
        (by(headline="Le port ferme pour l'hiver", at="12:45", raw="12h45"),),
    ),
    Told(
        "ANNULATION",
        "Seaboard annule la série de dépêches sur le port. Prière de ne pas utiliser.",
        KILL,
        (Pointer(slug="port-fermeture", series=True),),
        slugline="port-fermeture",
    ),
    Told(
        "Avis",
        "A l'attention des redactions : priere de ne pas utiliser la depeche sea 157 du 10 mars.",
        KILL,
        (by("sea 157", day=MARCH_10),),
    ),
    Told(
        "DÉPÊCHE ANNULÉE",
        "La dépêche sea 157 est annulée en raison d'une erreur. Elle est remplacée par la dépêche "
        "sea 160.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "ANNULATION",
        "Merci d'annuler l'alerte intitulée « Le maire est mort » de 12 h 45. La version corrigée "
        "a été diffusée à 13h05.",
        KILL,
        (by(headline="Le maire est mort", at="12:45", raw="12 h 45"),),
        (by(at="13:05", raw="13h05"),),
    ),
    Told(
        "AVIS AUX RÉDACTIONS",
        "Veuillez suspendre la dépêche sea 157.",
        HOLD,
        (by("sea 157"),),
    ),
    Told(
        "AVIS AUX RÉDACTIONS",
        "Merci de ne pas utiliser la dépêche sea 157 jusqu'à nouvel ordre.",
        HOLD,
        (by("sea 157"),),
    ),
    Told(
        "SUSPENSION LEVÉE",
        "La dépêche sea 157 peut à nouveau être utilisée.",
        RELEASE,
        (by("sea 157"),),
    ),
    Told(
        "Attention rédactions",
        "Prière de ne pas tenir compte de la dépêche sea 157.",
        HOLD,
        (by("sea 157"),),
    ),
    Told(
        "PHOTO ANNULÉE",
        "Merci de supprimer la photo PAR123.",
        PICTURE,
        (by("PAR123", picture=True),),
    ),
]

SPANISH = [
    Told(
        "ANULACIÓN",
        "Se anula la información titulada «El puerto cierra», transmitida a las 17:56 GMT.",
        KILL,
        (by(headline="El puerto cierra", at="17:56", raw="17:56 GMT", zone="UTC"),),
    ),
    Told(
        "Puerto",
        "Se anula la informacion titulada “El puerto cierra”, transmitida a las 17:56.",
        KILL,
        (by(headline="El puerto cierra", at="17:56"),),
    ),
    Told(
        "NOTA ANULADA",
        "Rogamos no publicar la nota sea 157. En su lugar se ha transmitido la nota sea 160.",
        KILL,
        (by("sea 157"),),
        (by("sea 160"),),
    ),
    Told(
        "Atención editores",
        "Queda anulada la noticia “El puerto cierra” porque el alcalde dijo “no”. Ha sido "
        "sustituida por “El puerto sigue abierto”.",
        KILL,
        (by(headline="El puerto cierra"),),
        (by(headline="El puerto sigue abierto"),),
    ),
    Told(
        "AVISO DE ANULACIÓN",
        "Por favor no publicar toda la serie “El puerto cierra”.",
        KILL,
        (by(headline="El puerto cierra", series=True),),
    ),
    Told(
        "AVISO A LOS EDITORES",
        "Rogamos retener la nota sea 157 hasta nuevo aviso.",
        HOLD,
        (by("sea 157"),),
    ),
    Told("NOTA LIBERADA", "La nota sea 157 ya puede publicarse.", RELEASE, (by("sea 157"),)),
    Told("FOTO ANULADA", "Rogamos retirar la foto MAD123.", PICTURE, (by("MAD123", picture=True),)),
]

NOTICES = [*ENGLISH, *GERMAN, *FRENCH, *SPANISH]

FOR_EDITORS = [
    ("NEWS ADVISORY", "The minister speaks at ten.", NoticeKind.advisory),
    ("NOTE TO EDITORS", "We will move a story on the harbour at noon.", NoticeKind.advisory),
    ("CORRECTION ADVISORY", "In item sea 157 please read North for South.", NoticeKind.advisory),
    (
        "Attention editors",
        "In item sea 157, please read North instead of South.",
        NoticeKind.advisory,
    ),
    (
        "Hinweis",
        "Achtung Redaktionen: Bitte korrigieren Sie die Meldung sea 157.",
        NoticeKind.advisory,
    ),
    ("AVIS AUX RÉDACTIONS", "Prière de lire Nord au lieu de Sud.", NoticeKind.advisory),
    ("NOTA A LOS EDITORES", "Léase norte en lugar de sur.", NoticeKind.advisory),
    ("COVERAGE SCHEDULE", "Harbour, 10:00. Council, 14:00.", NoticeKind.schedule),
    ("PLANUNGSHINWEIS", "Hafen, 10.00 Uhr. Rat, 14.00 Uhr.", NoticeKind.schedule),
    ("TEST TEST TEST", "The line is tested.", NoticeKind.test),
    ("TESTMELDUNG", "Bitte nicht beachten.", NoticeKind.test),
    ("MESSAGE D'ESSAI", "Ligne de Berlin.", NoticeKind.test),
    ("MENSAJE DE PRUEBA", "Línea de Berlín.", NoticeKind.test),
]
"""Headline, text and kind of what is for editors and asks for nothing here."""
