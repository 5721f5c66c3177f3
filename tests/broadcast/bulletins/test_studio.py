from dataclasses import replace

import pytest

from audio.speech.base import Engine
from broadcast.bulletins.storage import keep_media, media_path
from broadcast.bulletins.studio import Studio, open_studio


def test_a_studio_makes_the_folders_it_works_in(studio):
    for folder in (studio.media_dir, studio.uploads_dir, studio.tunes_dir, studio.work_dir):
        assert folder.is_dir()


def test_a_process_has_one_studio(settings):
    assert open_studio(settings) is open_studio(replace(settings))


def test_a_voice_is_found_by_engine_and_name(studio):
    assert studio.find_voice("espeak", "vi-vn-x-south").label.startswith("eSpeak")


@pytest.mark.parametrize(("engine", "kept"), [("google", "google"), ("piper", "espeak")])
def test_a_voice_that_is_not_installed_is_kept_by_its_name(studio, engine, kept):
    voice = studio.find_voice(engine, "lan")
    assert (voice.engine.value, voice.name, voice.label) == (kept, "lan", "lan")


def test_the_command_voice_is_offered_when_the_station_has_one(settings):
    engines = {v.engine for v in Studio(replace(settings, speech_command="cat")).speech.voices()}
    assert Engine.COMMAND in engines


def test_a_finished_file_moves_under_its_hash_and_the_same_bytes_are_kept_once(tmp_path):
    for name in ("one", "two"):
        made = tmp_path / name
        made.write_bytes(b"sound")
        kept = keep_media(tmp_path / "media", made, "ab" + "0" * 62)
        assert kept == media_path(tmp_path / "media", "ab" + "0" * 62)
        assert not made.exists()
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]
