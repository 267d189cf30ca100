"""Words that tell two proposals apart from nothing, in English, Dutch, French, German and Spanish; folded."""

_EVERY_SENTENCE = """
a an and any are as at be been but by can cannot could do does for from get gets had has have he her his how i if in
into is it its just me more my no nobody not now of off on one or our out over people please she since so some still
than that the their them then there they this to too up us was we were what when where which who why will with you
your aan al alle als bij dat de der deze die dit door een en er geen het hij ik je kan kunnen maar meer met mijn na
naar niemand niet nog nu om onder ons onze ook op te tot uit van vanaf veel voor want waar wel wij worden wordt ze zij
zijn zonder au aucun aux avec ce ces c cette d dans depuis des du elle est et ete il ils j l la le les leur lui mais
mes n ne nos notre nous ou par pas peut peuvent plus pour qu que qui s sa sans se ses son sont sur tous tout toute
tres un une vos votre y ab am auch auf aus bei bin bis das dem den ein eine einem einen einer es fur hat haben hier
ich ihr im ist kann kein keine keiner konnen man mehr mein mit nach nicht noch nur oder seit sich sie sind und uns
unser vom von vor war wenn wer werden wie wir wird wo zu zum zur algo como con cuando del desde donde el ella entre
era esta estan este esto ha han hay las lo los mas mi muy nadie ni nuestra nuestro o para pero por porque puede pueden
sin sobre su sus tambien todo todos una uno ya
"""

_EVERY_OUTAGE = """
again ago all broken completely crash crashed crashes crashing dead die died dies down entire error errors everybody
everyone everything fail failed failing fails failure fault fully goes going gone hanging hangs help incident issue
issues longer major nothing offline outage problem problems respond responding response slow stopped stuck suddenly
today unavailable unreachable unresponsive urgent work working works alles dringend eruit fout fouten hulp iedereen
kapot ligt lukt meldingen onbereikbaar plat plots probleem problemen reageert stil storing stuk traag uitgevallen
uitval vandaag weg werken werkt aide arret bloque bloquee bloques coupe coupure erreur erreurs fonctionne fonctionnent
hors hs inaccessible indisponible lent marche marchent panne personne plante probleme problemes repond repondent rien
service tombe toujours urgence alle antwortet ausfall ausgefallen defekt erreichbar fehler funktioniert funktionieren
geht gehen hilfe kaputt komplett langsam lauft reagiert steht storung tot unerreichbar verfugbar averia ayuda
bloqueado caida caido cayo errores fallo falla fallan funciona funcionan incidencia lento responde problema problemas
servicio urgente
"""

EMPTY = frozenset(_EVERY_SENTENCE.split())
"""Words that every sentence has."""

SYMPTOMS = frozenset(_EVERY_OUTAGE.split())
"""Words that every outage has."""
