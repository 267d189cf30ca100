"""An organization's own words: what they replace, and how their faults are found."""

import os
from pathlib import Path

import pytest

from config.types import Contact
from daemon.core.kinds import Kind
from daemon.render.book import PAGE, page
from daemon.render.catalog import CARRIER_WORDS, load, load_verbs
from daemon.render.checking import check_templates
from daemon.render.examples import full
from parsers.types import Verb
from tests.render.test_kinds import body, parsed
from tests.render.world import LANGUAGES, NOWHERE, mail, reader, text


def written(folder: Path, content: str, name: str = "en.toml") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder


def test_one_key_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    folder = written(tmp_path, '[all-clear]\ntext = "All well with {{ title }}."\n')
    assert check_templates(folder) == ()
    found = parsed(mail(full(Kind.ALL_CLEAR), templates=folder).raw)
    assert "All well with Email and calendar." in body(found, "plain")
    assert text(full(Kind.ALL_CLEAR), templates=folder).startswith("MI-7: Resolved: ")
    assert "Opgelost" in text(full(Kind.ALL_CLEAR), reader(language="nl"), templates=folder)


def test_a_phrase_is_replaced_wherever_it_is_used(tmp_path: Path) -> None:
    folder = written(tmp_path, '[phrases]\nnext_sms = "{% if due %}More at {{ time(due) }}.{% endif %}"\n')
    assert text(full(Kind.UPDATE), templates=folder).endswith("More at 14:35 (Brussels time).")


def test_statuses_and_forms_are_replaced(tmp_path: Path) -> None:
    folder = written(
        tmp_path, '[statuses]\naccepted = "being repaired"\n[forms]\nACCEPT = "ACCEPT {incident} please"\n'
    )
    assert "being repaired" in body(parsed(mail(full(Kind.UPDATE), templates=folder).raw), "html")
    assert "ACCEPT MI-7 please" in text(full(Kind.DECISION_REQUEST), templates=folder)


def test_a_language_of_the_organization_s_own_stands_on_english(tmp_path: Path) -> None:
    folder = written(tmp_path, '[all-clear]\nsms = "Risolto: {{ title }}."\n', "it.toml")
    assert check_templates(folder) == ()
    italian = reader(language="it")
    assert text(full(Kind.ALL_CLEAR), italian, templates=folder) == "MI-7: Risolto: Email and calendar."
    assert text(full(Kind.HOLDING), italian, templates=folder).startswith("MI-7: The incident with")


@pytest.mark.parametrize(
    ("who", "organization", "said"),
    [
        pytest.param(reader(language="nl"), "fr", "Opgelost", id="the reader's"),
        pytest.param(reader(language="nl-BE"), "fr", "Opgelost", id="without its country"),
        pytest.param(reader(language="ja"), "fr", "Résolu", id="else the organization's"),
        pytest.param(reader(language=""), "ja", "Resolved", id="else English"),
    ],
)
def test_whose_language(who: Contact, organization: str, said: str) -> None:
    assert said in text(full(Kind.ALL_CLEAR), who, language=organization)


FAULTS = [
    pytest.param("[all-clear\n", "", "cannot be read", id="no TOML"),
    pytest.param('text = "x"\n', "text", "outside a section", id="a key outside"),
    pytest.param('[all_clear]\ntext = "x"\n', "all_clear.text", "no kind", id="an unknown kind"),
    pytest.param('[all-clear]\nhtml = "x"\n', "all-clear.html", "no part", id="an unknown part"),
    pytest.param("[all-clear]\ntext = 3\n", "all-clear.text", "not text", id="a number"),
    pytest.param('[all-clear]\ntext = "{{ title"\n', "all-clear.text", "no Jinja2", id="unclosed"),
    pytest.param('[all-clear]\ntext = "{% frob %}"\n', "all-clear.text", "no Jinja2", id="an unknown tag"),
    pytest.param('[all-clear]\ntext = "{{ title|frob }}"\n', "all-clear.text", "No filter", id="an unknown filter"),
    pytest.param('[all-clear]\nsms = "{{ tittle }}"\n', "all-clear.sms", "undefined", id="an unknown name"),
    pytest.param(
        '[all-clear]\nsms = "{{ time(due) }}"\n', "all-clear.sms", "be rendered", id="a time that may be missing"
    ),
    pytest.param("[all-clear]\ntext = \"{% include 'nxt' %}\"\n", "all-clear.text", "nxt", id="an unknown phrase"),
    pytest.param("[update]\nsms = \"{{ ''.__class__.mro() }}\"\n", "update.sms", "unsafe", id="out of the sandbox"),
    pytest.param(
        '[phrases]\ninvitation_text = "{{ place }}"\n', "invitation_text", "undefined", id="a word of the calendar's"
    ),
    pytest.param('[phrases]\npage_more = "{{ at }}"\n', "page_more", "undefined", id="a word of the status page's"),
    pytest.param(f'[update]\nsms = "{"x" * 500}"\n', "update.sms", "4 parts", id="too long for a text message"),
    pytest.param('[verbs]\nFROB = ["frob"]\n', "verbs.FROB", "no verb", id="an unknown verb"),
    pytest.param('[verbs]\nACCEPT = "agree"\n', "verbs.ACCEPT", "not a list", id="no list"),
    pytest.param('[verbs]\nACCEPT = ["yes"]\n', "verbs.ACCEPT", "carriers", id="a carrier's word"),
    pytest.param('[verbs]\nACCEPT = ["reject"]\n', "verbs.ACCEPT", "another verb", id="two meanings"),
    pytest.param('[verbs]\nACCEPT = ["ok!"]\n', "verbs.ACCEPT", "letters", id="no letters"),
    pytest.param('[forms]\nUPDATE = "WRITE {incident}"\n', "forms.UPDATE", "begin with", id="a form of another verb"),
    pytest.param('[statuses]\nopen = "open"\n', "statuses.open", "no status", id="an unknown status"),
]


@pytest.mark.parametrize(("content", "key", "problem"), FAULTS)
def test_each_fault_is_told_with_its_place_and_cure(tmp_path: Path, content: str, key: str, problem: str) -> None:
    (fault,) = check_templates(written(tmp_path, content))
    assert "en.toml" in fault.file
    assert fault.key == key
    assert problem in fault.problem
    assert fault.cure


def test_a_pipe_where_a_file_should_be_holds_up_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "en.toml")
    (fault,) = check_templates(tmp_path)
    assert (fault.file, fault.cure) == ("templates/en.toml", "put an ordinary file there")
    assert load(tmp_path)["en"].language == "en", "ours are used"


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    written(tmp_path, '[all-clear]\ntext = "{{ x }}"\nsms = "{{ y"\n[verbs]\nACCEPT = ["stop"]\n')
    written(tmp_path, '[bogus]\ntext = ""\n', "nl.toml")
    keys = {(fault.file, fault.key) for fault in check_templates(tmp_path)}
    assert keys == {
        ("templates/en.toml", "all-clear.text"),
        ("templates/en.toml", "all-clear.sms"),
        ("templates/en.toml", "verbs.ACCEPT"),
        ("templates/nl.toml", "bogus.text"),
    }


@pytest.mark.parametrize("content", [case.values[0] for case in FAULTS if "x" * 99 not in str(case.values[0])])
def test_a_faulty_template_stops_no_message(tmp_path: Path, content: str) -> None:
    folder = written(tmp_path, content)
    for kind in (Kind.ALL_CLEAR, Kind.UPDATE):
        assert text(full(kind), templates=folder) == text(full(kind))
        assert mail(full(kind), templates=folder) == mail(full(kind))


def test_no_folder_is_no_fault() -> None:
    assert check_templates(NOWHERE) == ()


def test_verbs_of_the_languages_in_use() -> None:
    verbs = load_verbs(NOWHERE, ["nl", "de-AT"])
    assert verbs["ACCEPT"] is verbs["ACCEPTEER"] is verbs["ANNEHMEN"] is Verb.ACCEPT
    assert verbs["ÜBERNEHMEN"] is verbs["UBERNEHMEN"] is Verb.TAKE
    assert "ACCEPTER" not in verbs


def test_an_organization_s_verbs_stand_beside_ours(tmp_path: Path) -> None:
    verbs = load_verbs(written(tmp_path, '[verbs]\nACCEPT = ["agree"]\nREJECT = ["stop", "accept"]\n'), ["en"])
    assert verbs["AGREE"] is Verb.ACCEPT
    assert verbs["ACCEPT"] is Verb.ACCEPT
    assert verbs["STOP"] is Verb.STOP


def test_no_verb_of_ours_is_a_carrier_s_word() -> None:
    ours = load_verbs(NOWHERE, LANGUAGES)
    assert {word for word in CARRIER_WORDS if word in ours} == {"STOP", "START"}


def test_no_spelling_means_two_verbs_in_two_languages() -> None:
    meanings: dict[str, set[Verb]] = {}
    for language in LANGUAGES:
        for word, verb in load_verbs(NOWHERE, [language]).items():
            meanings.setdefault(word, set()).add(verb)
    assert {word: verbs for word, verbs in meanings.items() if len(verbs) > 1} == {}


def test_the_page_of_messages_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m daemon.render.book"
