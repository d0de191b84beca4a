"""Ordinary copy with dangerous words in it. None of it is a notice; all of it is for readers."""

_LONG = "The company said on Friday that the line between the islands stays closed until May. " * 20

SHORT = [
    ("Police kill three in raid", "Police killed three men in a raid on a flat near the harbour."),
    ("POLICE KILL THREE IN RAID", "Police killed three men in a raid on a flat near the harbour."),
    ("Kill Bill returns", "The film Kill Bill returns to the big screen next week."),
    ("KILL BILL RETURNS TO THE SCREEN", "The film returns next week."),
    ("Hold the line, minister tells voters", "The minister asked his party to hold the line."),
    ("HOLD THE LINE, MINISTER SAYS", "The minister asked his party to hold the line."),
    ("Hold your horses", "Horses were held at the border for a day, customs said."),
    ("Correction: markets fall", "The market's correction went on: shares fell 2 percent."),
    ("Advisory issued for coast", "The weather service issued an advisory for the coast."),
    ("ADVISORY: HEAVY RAIN FOR THE COAST", "The weather service warns of rain until Friday."),
    ("STORY OF A KILL", "A hunter tells the story of a kill in the northern woods."),
    ("Story of a kill", "A hunter tells the story of a kill in the northern woods."),
    ("Test match ends in draw", "The second Test match ended in a draw at the Oval."),
    ("TEST MATCH ENDS IN DRAW", "The second Test match ended in a draw."),
    ("Test: five new phones", "We looked at five new phones. The cheapest won the test."),
    ("This is a test for the government", "This is a test for the government, its leader said."),
    ("Schedule: third round", "Saturday: North - South 15:00; East - West 17:30."),
    ("SCHEDULE OF GAMES", "Saturday: North v South at 1500; East v West at 1730 hours."),
    ("Release of prisoners delayed", "The release of the prisoners is delayed, officials said."),
    ("RELEASE DATE SET FOR FILM", "The film may be used in schools after its release."),
    ("Minister withdraws report", "The minister has withdrawn a report on the harbour."),
    ("Report withdrawn after protest", "The report was withdrawn on Friday after protests."),
    ("Story withdrawn after protest", "The paper's story was withdrawn after protests."),
    ("Author withdraws story", "The story “Ghosts” has been withdrawn from the competition."),
    (
        "News agency withdraws report on mayor",
        (
            "HARBOUR TOWN (Seaboard) - News agency Meridian is withdrawing a story “Mayor is dead” "
            "which moved at 1756 hours on Thursday, it told its clients."
        ),
    ),
    (
        "Agency kills photo of princess",
        (
            "LONDON (Seaboard) - Three agencies have retracted a photo of the princess, saying "
            "that it had been altered. Please kill it, one told editors."
        ),
    ),
    (
        "Seaboard withdraws own report",
        "BERLIN (Seaboard) - Seaboard has withdrawn a report that moved at 17:56, its editor said.",
    ),
    (
        "Court hears of killed story",
        (
            '"Please kill the story," the owner wrote to his editor, the court heard. The paper '
            "printed it in March."
        ),
    ),
    ("Editor tells of pressure", "He was told: “Kill the story, item sea 157.” He did not."),
    ("Editor on trial", "The editor was asked to kill the story on the mayor, she told the court."),
    ("Kill switch for phones", "Makers must add a kill switch by May."),
    ("Mandatory kill zones for fish", "Fishers protest against mandatory kill quotas."),
    ("Bulletin: kill rates rise", "The health bulletin says that kill rates rise."),
    ("Bull elephant killed", "A bull elephant was killed by a train."),
    (
        "Do not use water, city says",
        "Do not use the water, the city told residents. A notice is up.",
    ),
    (
        "Recall of baby milk",
        "Parents should not use the product. Please do not use the milk, the maker said.",
    ),
    ("Please hold the date", "Voters hold the key, the mayor said at 10:30."),
    ("Image of the day", "Please hold still: the photographer's exhibition opens at 17:56."),
    ("Ignore the noise, says coach", "Please ignore the noise, the coach told his team."),
    ("Disregard for rules", "The panel found disregard for the rules in all reports."),
    ("WITHDRAWN TROOPS REACH HOME", "The troops were withdrawn in March and reached home."),
    ("RETRACTED CLAWS", "The cat keeps its claws retracted."),
    ("Eliminated from the cup", "ELIMINATION came late: North lost 3-2."),
    ("Photo finish", "The photo shows that North won. Pictures were released on Friday."),
    ("Substitute scores twice", "The substitute replaced North's captain and scored at 17:56."),
    ("Note to self", "Notes to editors were found in the archive."),
    ("Dear editors", "A reader's letters to editors through fifty years are now a book."),
    ("The quick brown fox", "A fox was seen in the park. It jumps fences."),
    ("Kill or cure", "KILL or cure: the budget divides the council."),
    ("Hold on: trains late", "HOLD on to your tickets, the railway says."),
    ("RELEASE: New album by the Tides", "The band's fourth album is out on Friday."),
    ("ELIMINATION: North are out of the cup", "North lost 3-2 to South."),
    ("WITHDRAWN: Bill on harbour fees", "The council withdrew its bill on harbour fees."),
    ("SERVICE ADVISORY: Line 4 closed", "Line 4 is closed until Sunday. Use buses instead."),
    ("Update: Story so far", "The story so far: police are withdrawing, and hold the bridge."),
    ("Publisher apologises", "The magazine has retracted an article that it published in May."),
    ("Phone maker: do not use charger", "Please do not use the charger until Friday, it said."),
    ("Library rules", "Please hold books in both hands. Texts may be used for study."),
    ("How to report a bug", "Please delete the app and take down a number. Versions differ."),
    ("Live: North v South", "1756 hours: whistle. The substitute is on, and replaces Berg."),
    ("Exhibition", "All images in the series were released. Pictures are on show at 12h45."),
    ("Poll", "Editors and readers disagree: should the picture have been published?"),
    # German
    ("RÜCKZUG: Minister gibt auf", "Der Minister zieht sich zurück, wie er mitteilte."),
    ("STREICHUNG: Kein Geld für Hafen", "Die Mittel für den Hafen werden gestrichen."),
    ("Serie reißt", "Die Serie ist gerissen: Nord verlor 2:3. Der Ersatz traf um 17.56 Uhr."),
    ("Polizei tötet drei Angreifer", "Die Polizei hat drei Angreifer getötet."),
    ("Bericht zurückgezogen", "Der Minister hat den Bericht über den Hafen zurückgezogen."),
    ("Partei zieht Antrag zurück", "Die Partei zieht den Antrag zurück, wie sie mitteilte."),
    ("Warnung vor Foto im Netz", "Das Bild darf nicht verwendet werden, urteilte das Gericht."),
    ("Bitte nicht füttern", "Bitte nicht füttern, steht auf dem Schild im Zoo."),
    ("Achtung, Glätte", "Achtung: Die Straßen sind glatt, meldet der Wetterdienst."),
    ("Sperre aufgehoben", "Die Sperre der Brücke ist aufgehoben."),
    ("Testspiel endet torlos", "Das Testspiel endete 0:0."),
    ("Freigabe für Impfstoff", "Der Impfstoff kann verwendet werden, sagte die Behörde."),
    ("Hinweis auf Täter", "Ein Hinweis führte zum Täter, die Meldung kam um 17:56 Uhr."),
    (
        "Nachrichtenagentur zieht Meldung zurück",
        "Hamburg (Seaboard) - Die Agentur Meridian zieht die Meldung „Bürgermeister tot“ zurück.",
    ),
    # French
    ("Le match est annulé", "Le match de samedi est annulé en raison de la neige."),
    ("Grève: trains annulés", "La compagnie annule cent trains vendredi."),
    ("Le tribunal annule le permis", "Le tribunal annule le permis de construire du port."),
    ("ANNULATION DU FESTIVAL", "Le festival est annulé, annoncent les organisateurs."),
    ("Prière de ne pas fumer", "L'affiche disait : « prière de ne pas utiliser l'ascenseur »."),
    (
        "Une agence annule une dépêche",
        "L'agence Méridien a annulé une dépêche, selon son directeur.",
    ),
    ("La photo de la semaine", "La photo peut être utilisée dans les écoles."),
    ("RETRAIT: le ministre renonce", "Le ministre retire son texte sur le port."),
    ("SUSPENSION: trois matches", "Le joueur est suspendu trois matches. L'alerte est levée."),
    ("ANNULÉ: le concert du port", "Le concert du port est annulé à cause du vent."),
    # Spanish
    ("RETIRADA: Sole se despide", "La tenista anuncia su retirada tras veinte años."),
    ("EN SUSPENSO: la liga espera", "La liga queda en suspenso hasta nuevo aviso."),
    ("La serie termina", "Toda la serie puede verse hoy. La noticia sorprende."),
    ("El juez anula la multa", "El juez anula la multa al puerto."),
    ("Anulada la elección del alcalde", "Se anula la elección del alcalde por fraude."),
    ("Sin embargo, suben los precios", "Los precios suben, sin embargo, dijo el ministro."),
    ("Retirada de tropas", "La retirada de las tropas empieza hoy."),
    ("No usar agua del grifo", "No usar agua del grifo, pide el alcalde."),
    ("Prueba superada", "El puente superó la prueba de carga."),
]

LONG = [(headline, f"{text} {_LONG}") for headline, text in SHORT]

HARMLESS = [*SHORT, *LONG]

NOTES = [
    "Adds quote from the minister.",
    "Eds: UPDATES with details. Story will be updated.",
    "Contacts: editors@seaboard.example. Not for publication: phone 0301234.",
    "CORRECTS spelling of name in paragraph 3.",
    "This item replaces an earlier version.",
    "Mit Foto - Archivbild. Autoren: am, yyzz.",
    "TURKEY OUT",
]
"""Notes beside ordinary copy."""
