from livehost.view.theme import HUES, REST, REST_NAME, clip, families, short_name


def test_a_family_is_the_first_folder():
    table = families(["drums/a.wav", "bells/b.wav", "drums/c/d.wav"])
    assert table == {
        "drums/a.wav": ("drums", HUES[0]),
        "drums/c/d.wav": ("drums", HUES[0]),
        "bells/b.wav": ("bells", HUES[1]),
    }


def test_in_a_flat_bank_it_is_the_first_word():
    table = families(["kick_1.wav", "kick-2.wav", "snare3.wav", "01.wav"])
    assert [family for family, _ in table.values()] == ["kick", "kick", "snare", "01"]


def test_families_beyond_the_sixth_are_others():
    names = [f"f{i}/x.wav" for i in range(8)]
    table = families(names + names[:6])
    assert len({colour for _, colour in table.values()}) == 7
    assert table["f7/x.wav"] == (REST_NAME, REST)


def test_names():
    assert short_name("drums/tom_1.wav") == "tom_1"
    assert short_name("loops/a.b.flac#3") == "a.b #3"
    assert clip("short") == "short"
    assert clip("a_very_long_name_of_a_sound_12", 11) == "a_ve…nd_12"
