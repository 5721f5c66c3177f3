"""the first tables"""

import sqlalchemy as sa
from alembic import op

from broadcast.airlog.guards import guards_for
from broadcast.db import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "setup_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_setup_link_token_hash")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        op.f("ix_sign_in_failure_address"), "sign_in_failure", ["address"], unique=False
    )
    op.create_index("ix_sign_in_failure_recent", "sign_in_failure", ["login", "at"], unique=False)
    op.create_table(
        "station",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("commune_name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("one_person", sa.Boolean(), nullable=False),
        sa.Column("loudness_lufs", sa.Double(), nullable=False),
        sa.Column("speech_engine", sa.String(length=20), nullable=False),
        sa.Column("speech_voice", sa.String(length=60), nullable=False),
        sa.Column("speech_speed_percent", sa.Integer(), nullable=False),
        sa.Column("reading_style", sa.JSON(), nullable=False),
        sa.Column("signature_tune", sa.String(length=40), nullable=False),
        sa.Column("music_bed", sa.Boolean(), nullable=False),
        sa.Column("opening_words", sa.Text(), nullable=False),
        sa.Column("closing_words", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_station")),
        sa.UniqueConstraint("code", name=op.f("uq_station_code")),
    )
    op.create_table(
        "account",
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_account_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_index(op.f("ix_account_station_id"), "account", ["station_id"], unique=False)
    op.create_table(
        "airing",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("airing_id", sa.String(length=36), nullable=True),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("slot_id", sa.String(length=36), nullable=True),
        sa.Column("slot_name", sa.String(length=120), nullable=False),
        sa.Column("bulletin_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("topic_id", sa.String(length=36), nullable=True),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("voice", sa.String(length=80), nullable=False),
        sa.Column("zone_ids", sa.JSON(), nullable=False),
        sa.Column("planned_start", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("planned_ms", sa.Integer(), nullable=False),
        sa.Column("heard_ms", sa.Integer(), nullable=False),
        sa.Column("speaker_ms", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("boxes_expected", sa.Integer(), nullable=False),
        sa.Column("boxes_played", sa.Integer(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("estimate", sa.Boolean(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_airing_station_id_station")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_airing")),
    )
    op.create_index(op.f("ix_airing_airing_id"), "airing", ["airing_id"], unique=False)
    op.create_index(op.f("ix_airing_bulletin_id"), "airing", ["bulletin_id"], unique=False)
    op.create_index("ix_airing_day", "airing", ["station_id", "local_day"], unique=False)
    op.create_index(op.f("ix_airing_station_id"), "airing", ["station_id"], unique=False)
    op.create_table(
        "api_key",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_api_key_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_api_key_key_hash")),
    )
    op.create_index(op.f("ix_api_key_station_id"), "api_key", ["station_id"], unique=False)
    op.create_table(
        "audio_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("loudness_lufs", sa.Double(), nullable=False),
        sa.Column("true_peak_dbtp", sa.Double(), nullable=False),
        sa.Column("silence_share", sa.Double(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_audio_file_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audio_file")),
        sa.UniqueConstraint("station_id", "sha256", name=op.f("uq_audio_file_station_id_sha256")),
    )
    op.create_index(op.f("ix_audio_file_station_id"), "audio_file", ["station_id"], unique=False)
    op.create_index("ix_audio_sha", "audio_file", ["sha256"], unique=False)
    op.create_table(
        "closure",
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_time", sa.Time(), nullable=True),
        sa.Column("until_time", sa.Time(), nullable=True),
        sa.Column("zone_ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_closure_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index(op.f("ix_closure_station_id"), "closure", ["station_id"], unique=False)
    op.create_table(
        "counting_rule",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("threshold_percent", sa.Integer(), nullable=False),
        sa.Column("notices_count", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.String(length=20), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_counting_rule_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counting_rule")),
        sa.UniqueConstraint(
            "station_id", "version", name=op.f("uq_counting_rule_station_id_version")
        ),
    )
    op.create_index(
        op.f("ix_counting_rule_station_id"), "counting_rule", ["station_id"], unique=False
    )
    op.create_table(
        "daily_item_fact",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("key_hash", sa.String(length=32), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("bulletin_id", sa.String(length=80), nullable=False),
        sa.Column("topic_id", sa.String(length=36), nullable=True),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("voice", sa.String(length=80), nullable=False),
        sa.Column("threshold_percent", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("net_ms", sa.BigInteger(), nullable=False),
        sa.Column("speaker_ms", sa.BigInteger(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("partial", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("unplanned", sa.Integer(), nullable=False),
        sa.Column("estimates", sa.Integer(), nullable=False),
        sa.Column("first_counted_at", UtcDateTime(), nullable=True),
        sa.Column("is_first", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_daily_item_fact_station_id_station")
        ),
        sa.PrimaryKeyConstraint(
            "station_id", "local_day", "key_hash", name=op.f("pk_daily_item_fact")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_daily_item_fact_first",
        "daily_item_fact",
        ["station_id", "bulletin_id", "first_counted_at"],
        unique=False,
    )
    op.create_table(
        "daily_session_fact",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("zones", sa.JSON(), nullable=False),
        sa.Column("gross_ms", sa.BigInteger(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_daily_session_fact_station_id_station")
        ),
        sa.PrimaryKeyConstraint(
            "station_id", "local_day", "session_id", name=op.f("pk_daily_session_fact")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "dictionary_word",
        sa.Column("written", sa.String(length=120), nullable=False),
        sa.Column("spoken", sa.String(length=300), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_dictionary_word_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dictionary_word")),
        sa.UniqueConstraint(
            "station_id", "written", name=op.f("uq_dictionary_word_station_id_written")
        ),
    )
    op.create_index(
        op.f("ix_dictionary_word_station_id"), "dictionary_word", ["station_id"], unique=False
    )
    op.create_table(
        "feed_key",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_feed_key_station_id_station")
        ),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_feed_key")),
        sa.UniqueConstraint("key", name=op.f("uq_feed_key_key")),
    )
    op.create_table(
        "fill_note",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("filled_at", UtcDateTime(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_fill_note_station_id_station")
        ),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_fill_note")),
    )
    op.create_table(
        "ground",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_ground_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ground")),
        sa.UniqueConstraint(
            "station_id", "number", "issued_on", name=op.f("uq_ground_station_id_number_issued_on")
        ),
    )
    op.create_index(op.f("ix_ground_station_id"), "ground", ["station_id"], unique=False)
    op.create_table(
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_holiday_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("station_id", "day", name=op.f("uq_holiday_station_id_day")),
    )
    op.create_index(op.f("ix_holiday_station_id"), "holiday", ["station_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("error_code", sa.String(length=60), nullable=False),
        sa.Column("error_message", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_job_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_open", "job", ["state", "lease_until"], unique=False)
    op.create_index(op.f("ix_job_station_id"), "job", ["station_id"], unique=False)
    op.create_index("ix_job_subject", "job", ["station_id", "kind", "subject"], unique=False)
    op.create_table(
        "log_head",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_log_head_station_id_station")
        ),
        sa.PrimaryKeyConstraint("station_id", name=op.f("pk_log_head")),
    )
    op.create_table(
        "office_template",
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_office_template_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_template")),
    )
    op.create_index(
        op.f("ix_office_template_station_id"), "office_template", ["station_id"], unique=False
    )
    op.create_table(
        "regulation",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("decision_number", sa.String(length=60), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_regulation_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation")),
    )
    op.create_index(op.f("ix_regulation_station_id"), "regulation", ["station_id"], unique=False)
    op.create_table(
        "report",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("log_number", sa.BigInteger(), nullable=True),
        sa.Column("log_hash", sa.String(length=64), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_report_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_station_id"), "report", ["station_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("planned_ms", sa.Integer(), nullable=False),
        sa.Column("longest_ms", sa.Integer(), nullable=False),
        sa.Column("zone_ids", sa.JSON(), nullable=False),
        sa.Column("recurrence", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("skip_holidays", sa.Boolean(), nullable=False),
        sa.Column("lock_minutes", sa.Integer(), nullable=False),
        sa.Column("grace_ms", sa.Integer(), nullable=False),
        sa.Column("signature_tune", sa.String(length=40), nullable=False),
        sa.Column("opening_words", sa.Text(), nullable=False),
        sa.Column("gap_ms", sa.Integer(), nullable=False),
        sa.Column("relays", sa.JSON(), nullable=False),
        sa.Column("volume_percent", sa.Integer(), nullable=False),
        sa.Column("quiet_reason", sa.Text(), nullable=False),
        sa.Column("previous", sa.JSON(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_slot_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
    )
    op.create_index(op.f("ix_slot_station_id"), "slot", ["station_id"], unique=False)
    op.create_table(
        "topic",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("hue", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.String(length=36), nullable=True),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["topic.id"], name=op.f("fk_topic_merged_into_id_topic")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_topic_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("station_id", "code", name=op.f("uq_topic_station_id_code")),
    )
    op.create_index(op.f("ix_topic_station_id"), "topic", ["station_id"], unique=False)
    op.create_table(
        "unit_name",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("superior", sa.String(length=200), nullable=False),
        sa.Column("issuing_body", sa.String(length=200), nullable=False),
        sa.Column("place_name", sa.String(length=100), nullable=False),
        sa.Column("addressee", sa.String(length=300), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("signing_authority", sa.String(length=100), nullable=False),
        sa.Column("signing_position", sa.String(length=100), nullable=False),
        sa.Column("signer_name", sa.String(length=100), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_unit_name_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_name")),
    )
    op.create_index(op.f("ix_unit_name_station_id"), "unit_name", ["station_id"], unique=False)
    op.create_table(
        "zone",
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.String(length=20), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["zone.id"], name=op.f("fk_zone_parent_id_zone")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_zone_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zone")),
    )
    op.create_index(op.f("ix_zone_station_id"), "zone", ["station_id"], unique=False)
    op.create_table(
        "audit_entry",
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("actor_name", sa.String(length=120), nullable=False),
        sa.Column("deed", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_audit_entry_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_audit_entry_user_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_station_id"), "audit_entry", ["station_id"], unique=False)
    op.create_index("ix_audit_entry_when", "audit_entry", ["station_id", "at"], unique=False)
    op.create_table(
        "box",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone_id", sa.String(length=36), nullable=True),
        sa.Column("volume_percent", sa.Integer(), nullable=False),
        sa.Column("trim_ms", sa.Integer(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_box_station_id_station")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_box_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box")),
    )
    op.create_index(op.f("ix_box_station_id"), "box", ["station_id"], unique=False)
    op.create_table(
        "bulletin",
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("topic_id", sa.String(length=36), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version_no", sa.Integer(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_bulletin_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_bulletin_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_bulletin_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin")),
    )
    op.create_index(
        "ix_bulletin_shelf", "bulletin", ["station_id", "state", "updated_at"], unique=False
    )
    op.create_index(op.f("ix_bulletin_station_id"), "bulletin", ["station_id"], unique=False)
    op.create_table(
        "channel_fact",
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("topic_id", sa.String(length=36), nullable=True),
        sa.Column("form", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_channel_fact_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_channel_fact_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_fact")),
    )
    op.create_index(
        op.f("ix_channel_fact_station_id"), "channel_fact", ["station_id"], unique=False
    )
    op.create_index(
        "ix_channel_fact_when", "channel_fact", ["station_id", "from_day"], unique=False
    )
    op.create_table(
        "occurrence_change",
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slot.id"], name=op.f("fk_occurrence_change_slot_id_slot")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_occurrence_change_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence_change")),
        sa.UniqueConstraint(
            "slot_id", "local_day", name=op.f("uq_occurrence_change_slot_id_local_day")
        ),
    )
    op.create_index(
        op.f("ix_occurrence_change_station_id"), "occurrence_change", ["station_id"], unique=False
    )
    op.create_table(
        "plan_target",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(length=36), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("airings", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_plan_target_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_plan_target_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_target")),
        sa.UniqueConstraint(
            "station_id", "year", "topic_id", name=op.f("uq_plan_target_station_id_year_topic_id")
        ),
    )
    op.create_index(op.f("ix_plan_target_station_id"), "plan_target", ["station_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("agent", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_sign_in_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_sign_in_user_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_station_id"), "sign_in", ["station_id"], unique=False)
    op.create_index(op.f("ix_sign_in_user_id"), "sign_in", ["user_id"], unique=False)
    op.create_table(
        "box_event",
        sa.Column("box_id", sa.String(length=36), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_box_event_box_id_box")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_box_event_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_event")),
    )
    op.create_index(op.f("ix_box_event_station_id"), "box_event", ["station_id"], unique=False)
    op.create_index("ix_box_event_when", "box_event", ["box_id", "at"], unique=False)
    op.create_table(
        "box_health",
        sa.Column("box_id", sa.String(length=36), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("plan_seen_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("clock_trusted", sa.Boolean(), nullable=False),
        sa.Column("free_bytes", sa.BigInteger(), nullable=True),
        sa.Column("journal_depth", sa.Integer(), nullable=False),
        sa.Column("playing", sa.JSON(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_box_health_box_id_box")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_box_health_station_id_station")
        ),
        sa.PrimaryKeyConstraint("box_id", name=op.f("pk_box_health")),
    )
    op.create_index(op.f("ix_box_health_station_id"), "box_health", ["station_id"], unique=False)
    op.create_table(
        "box_path",
        sa.Column("box_id", sa.String(length=36), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_box_path_box_id_box")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_box_path_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_path")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_box_path_key_hash")),
    )
    op.create_index(op.f("ix_box_path_box_id"), "box_path", ["box_id"], unique=False)
    op.create_index(op.f("ix_box_path_station_id"), "box_path", ["station_id"], unique=False)
    op.create_table(
        "box_token",
        sa.Column("box_id", sa.String(length=36), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_box_token_box_id_box")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_box_token_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_box_token_token_hash")),
    )
    op.create_index(op.f("ix_box_token_box_id"), "box_token", ["box_id"], unique=False)
    op.create_index(op.f("ix_box_token_station_id"), "box_token", ["station_id"], unique=False)
    op.create_table(
        "bulletin_version",
        sa.Column("bulletin_id", sa.String(length=36), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("spoken", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("voice", sa.String(length=60), nullable=False),
        sa.Column("speed_percent", sa.Integer(), nullable=False),
        sa.Column("upload_path", sa.String(length=200), nullable=False),
        sa.Column("rendition_id", sa.String(length=36), nullable=True),
        sa.Column("overridden", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_bulletin_version_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_bulletin_version_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["rendition_id"], ["rendition.id"], name="fk_bulletin_version_rendition", use_alter=True
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_bulletin_version_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletin_version")),
        sa.UniqueConstraint("bulletin_id", "no", name=op.f("uq_bulletin_version_bulletin_id_no")),
    )
    op.create_index(
        op.f("ix_bulletin_version_station_id"), "bulletin_version", ["station_id"], unique=False
    )
    op.create_table(
        "emergency",
        sa.Column("bulletin_id", sa.String(length=36), nullable=False),
        sa.Column("zone_ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("repeat_minutes", sa.Integer(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("user_name", sa.String(length=120), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_emergency_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_emergency_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_emergency_user_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency")),
    )
    op.create_index(op.f("ix_emergency_station_id"), "emergency", ["station_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("zone_id", sa.String(length=36), nullable=True),
        sa.Column("box_id", sa.String(length=36), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.String(length=120), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=120), nullable=False),
        sa.Column("close_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_incident_box_id_box")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_incident_station_id_station")
        ),
        sa.ForeignKeyConstraint(["zone_id"], ["zone.id"], name=op.f("fk_incident_zone_id_zone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index(op.f("ix_incident_station_id"), "incident", ["station_id"], unique=False)
    op.create_table(
        "log_entry",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.String(length=20), nullable=False),
        sa.Column("play_id", sa.String(length=36), nullable=True),
        sa.Column(
            "corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("box_id", sa.String(length=36), nullable=True),
        sa.Column("boot", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("airing_id", sa.String(length=36), nullable=True),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("planned_start", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("played_ms", sa.Integer(), nullable=False),
        sa.Column("planned_ms", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("clock_trusted", sa.Boolean(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_log_entry_author_id_account")
        ),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_log_entry_box_id_box")),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["log_entry.id"], name=op.f("fk_log_entry_corrects_id_log_entry")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_log_entry_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("play_id", name=op.f("uq_log_entry_play_id")),
        sa.UniqueConstraint("station_id", "number", name=op.f("uq_log_entry_station_id_number")),
    )
    op.create_index("ix_log_entry_corrects", "log_entry", ["corrects_id"], unique=False)
    op.create_index("ix_log_entry_day", "log_entry", ["station_id", "local_day"], unique=False)
    op.create_index("ix_log_entry_seq", "log_entry", ["box_id", "boot", "seq"], unique=False)
    op.create_table(
        "plan_document",
        sa.Column("box_id", sa.String(length=36), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("generated_at", UtcDateTime(), nullable=False),
        sa.Column("valid_until", UtcDateTime(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_plan_document_box_id_box")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_plan_document_station_id_station")
        ),
        sa.PrimaryKeyConstraint("box_id", name=op.f("pk_plan_document")),
    )
    op.create_index(
        op.f("ix_plan_document_station_id"), "plan_document", ["station_id"], unique=False
    )
    op.create_table(
        "quarantined_play",
        sa.Column("box_id", sa.String(length=36), nullable=False),
        sa.Column("play_id", sa.String(length=80), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["box_id"], ["box.id"], name=op.f("fk_quarantined_play_box_id_box")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_quarantined_play_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantined_play")),
    )
    op.create_index(
        op.f("ix_quarantined_play_box_id"), "quarantined_play", ["box_id"], unique=False
    )
    op.create_index(
        op.f("ix_quarantined_play_station_id"), "quarantined_play", ["station_id"], unique=False
    )
    op.create_table(
        "wish",
        sa.Column("bulletin_id", sa.String(length=36), nullable=False),
        sa.Column("airings", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("slot_ids", sa.JSON(), nullable=False),
        sa.Column("zone_ids", sa.JSON(), nullable=False),
        sa.Column("spacing_minutes", sa.Integer(), nullable=False),
        sa.Column("priority", sa.String(length=20), nullable=False),
        sa.Column("repeats_in_session", sa.Boolean(), nullable=False),
        sa.Column("pin_slot_id", sa.String(length=36), nullable=True),
        sa.Column("pin_day", sa.Date(), nullable=True),
        sa.Column("pin_position", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("unmet", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_wish_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_wish_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    op.create_index(op.f("ix_wish_bulletin_id"), "wish", ["bulletin_id"], unique=False)
    op.create_index("ix_wish_open", "wish", ["station_id", "closed_at", "until_day"], unique=False)
    op.create_index(op.f("ix_wish_station_id"), "wish", ["station_id"], unique=False)
    op.create_table(
        "rendition",
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("audio_id", sa.String(length=36), nullable=False),
        sa.Column("made_from", sa.String(length=64), nullable=False),
        sa.Column("spoken", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(length=20), nullable=False),
        sa.Column("voice", sa.String(length=60), nullable=False),
        sa.Column("wished_engine", sa.String(length=20), nullable=False),
        sa.Column("fallback_reason", sa.Text(), nullable=False),
        sa.Column("cache_hits", sa.Integer(), nullable=False),
        sa.Column("cache_misses", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("peaks", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["audio_id"], ["audio_file.id"], name=op.f("fk_rendition_audio_id_audio_file")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_rendition_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["bulletin_version.id"],
            name=op.f("fk_rendition_version_id_bulletin_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rendition")),
    )
    op.create_index(op.f("ix_rendition_station_id"), "rendition", ["station_id"], unique=False)
    op.create_index(op.f("ix_rendition_version_id"), "rendition", ["version_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("slot_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("latest_end", UtcDateTime(), nullable=False),
        sa.Column("zone_ids", sa.JSON(), nullable=False),
        sa.Column("priority", sa.String(length=20), nullable=False),
        sa.Column("grace_ms", sa.Integer(), nullable=False),
        sa.Column("repeat_every_ms", sa.Integer(), nullable=True),
        sa.Column("repeat_until", UtcDateTime(), nullable=True),
        sa.Column("emergency_id", sa.String(length=36), nullable=True),
        sa.Column("opening_audio_id", sa.String(length=36), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["emergency_id"], ["emergency.id"], name=op.f("fk_session_emergency_id_emergency")
        ),
        sa.ForeignKeyConstraint(
            ["opening_audio_id"],
            ["audio_file.id"],
            name=op.f("fk_session_opening_audio_id_audio_file"),
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_session_slot_id_slot")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_session_station_id_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("slot_id", "local_day", name=op.f("uq_session_slot_id_local_day")),
    )
    op.create_index(op.f("ix_session_station_id"), "session", ["station_id"], unique=False)
    op.create_index("ix_session_when", "session", ["station_id", "starts_at"], unique=False)
    op.create_table(
        "decision",
        sa.Column("bulletin_id", sa.String(length=36), nullable=False),
        sa.Column("version_id", sa.String(length=36), nullable=False),
        sa.Column("rendition_id", sa.String(length=36), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=60), nullable=False),
        sa.Column("waiver", sa.Boolean(), nullable=False),
        sa.Column("after_air", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("user_name", sa.String(length=120), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_decision_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["rendition_id"], ["rendition.id"], name=op.f("fk_decision_rendition_id_rendition")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_decision_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["account.id"], name=op.f("fk_decision_user_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["bulletin_version.id"],
            name=op.f("fk_decision_version_id_bulletin_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_bulletin_id"), "decision", ["bulletin_id"], unique=False)
    op.create_index(op.f("ix_decision_station_id"), "decision", ["station_id"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("offset_ms", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("planned_start", UtcDateTime(), nullable=False),
        sa.Column("audio_id", sa.String(length=36), nullable=True),
        sa.Column("stream_url", sa.String(length=500), nullable=False),
        sa.Column("bulletin_id", sa.String(length=36), nullable=True),
        sa.Column("version_id", sa.String(length=36), nullable=True),
        sa.Column("rendition_id", sa.String(length=36), nullable=True),
        sa.Column("wish_id", sa.String(length=36), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("topic_id", sa.String(length=36), nullable=True),
        sa.Column("topic_name", sa.String(length=120), nullable=False),
        sa.Column("manual", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["audio_id"], ["audio_file.id"], name=op.f("fk_order_line_audio_id_audio_file")
        ),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletin.id"], name=op.f("fk_order_line_bulletin_id_bulletin")
        ),
        sa.ForeignKeyConstraint(
            ["rendition_id"], ["rendition.id"], name=op.f("fk_order_line_rendition_id_rendition")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_order_line_session_id_session")
        ),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.id"], name=op.f("fk_order_line_station_id_station")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_order_line_topic_id_topic")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["bulletin_version.id"],
            name=op.f("fk_order_line_version_id_bulletin_version"),
        ),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name=op.f("fk_order_line_wish_id_wish")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    op.create_index(op.f("ix_order_line_bulletin_id"), "order_line", ["bulletin_id"], unique=False)
    op.create_index(op.f("ix_order_line_session_id"), "order_line", ["session_id"], unique=False)
    op.create_index(op.f("ix_order_line_station_id"), "order_line", ["station_id"], unique=False)
    op.create_index(
        "ix_order_line_when", "order_line", ["station_id", "planned_start"], unique=False
    )
    op.create_index(op.f("ix_order_line_wish_id"), "order_line", ["wish_id"], unique=False)
    if op.get_bind().dialect.name != "sqlite":
        op.create_foreign_key(
            "fk_bulletin_version_rendition",
            "bulletin_version",
            "rendition",
            ["rendition_id"],
            ["id"],
        )
    for sentence in guards_for(op.get_bind().dialect.name):
        op.execute(sentence)


def downgrade() -> None:
    op.drop_index(op.f("ix_order_line_wish_id"), table_name="order_line")
    op.drop_index("ix_order_line_when", table_name="order_line")
    op.drop_index(op.f("ix_order_line_station_id"), table_name="order_line")
    op.drop_index(op.f("ix_order_line_session_id"), table_name="order_line")
    op.drop_index(op.f("ix_order_line_bulletin_id"), table_name="order_line")
    op.drop_table("order_line")
    op.drop_index(op.f("ix_decision_station_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_bulletin_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_index("ix_session_when", table_name="session")
    op.drop_index(op.f("ix_session_station_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_rendition_version_id"), table_name="rendition")
    op.drop_index(op.f("ix_rendition_station_id"), table_name="rendition")
    op.drop_table("rendition")
    op.drop_index(op.f("ix_wish_station_id"), table_name="wish")
    op.drop_index("ix_wish_open", table_name="wish")
    op.drop_index(op.f("ix_wish_bulletin_id"), table_name="wish")
    op.drop_table("wish")
    op.drop_index(op.f("ix_quarantined_play_station_id"), table_name="quarantined_play")
    op.drop_index(op.f("ix_quarantined_play_box_id"), table_name="quarantined_play")
    op.drop_table("quarantined_play")
    op.drop_index(op.f("ix_plan_document_station_id"), table_name="plan_document")
    op.drop_table("plan_document")
    op.drop_index("ix_log_entry_seq", table_name="log_entry")
    op.drop_index("ix_log_entry_day", table_name="log_entry")
    op.drop_index("ix_log_entry_corrects", table_name="log_entry")
    op.drop_table("log_entry")
    op.drop_index(op.f("ix_incident_station_id"), table_name="incident")
    op.drop_table("incident")
    op.drop_index(op.f("ix_emergency_station_id"), table_name="emergency")
    op.drop_table("emergency")
    op.drop_index(op.f("ix_bulletin_version_station_id"), table_name="bulletin_version")
    op.drop_table("bulletin_version")
    op.drop_index(op.f("ix_box_token_station_id"), table_name="box_token")
    op.drop_index(op.f("ix_box_token_box_id"), table_name="box_token")
    op.drop_table("box_token")
    op.drop_index(op.f("ix_box_path_station_id"), table_name="box_path")
    op.drop_index(op.f("ix_box_path_box_id"), table_name="box_path")
    op.drop_table("box_path")
    op.drop_index(op.f("ix_box_health_station_id"), table_name="box_health")
    op.drop_table("box_health")
    op.drop_index("ix_box_event_when", table_name="box_event")
    op.drop_index(op.f("ix_box_event_station_id"), table_name="box_event")
    op.drop_table("box_event")
    op.drop_index(op.f("ix_sign_in_user_id"), table_name="sign_in")
    op.drop_index(op.f("ix_sign_in_station_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_plan_target_station_id"), table_name="plan_target")
    op.drop_table("plan_target")
    op.drop_index(op.f("ix_occurrence_change_station_id"), table_name="occurrence_change")
    op.drop_table("occurrence_change")
    op.drop_index("ix_channel_fact_when", table_name="channel_fact")
    op.drop_index(op.f("ix_channel_fact_station_id"), table_name="channel_fact")
    op.drop_table("channel_fact")
    op.drop_index(op.f("ix_bulletin_station_id"), table_name="bulletin")
    op.drop_index("ix_bulletin_shelf", table_name="bulletin")
    op.drop_table("bulletin")
    op.drop_index(op.f("ix_box_station_id"), table_name="box")
    op.drop_table("box")
    op.drop_index("ix_audit_entry_when", table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_station_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
    op.drop_index(op.f("ix_zone_station_id"), table_name="zone")
    op.drop_table("zone")
    op.drop_index(op.f("ix_unit_name_station_id"), table_name="unit_name")
    op.drop_table("unit_name")
    op.drop_index(op.f("ix_topic_station_id"), table_name="topic")
    op.drop_table("topic")
    op.drop_index(op.f("ix_slot_station_id"), table_name="slot")
    op.drop_table("slot")
    op.drop_index(op.f("ix_report_station_id"), table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_regulation_station_id"), table_name="regulation")
    op.drop_table("regulation")
    op.drop_index(op.f("ix_office_template_station_id"), table_name="office_template")
    op.drop_table("office_template")
    op.drop_table("log_head")
    op.drop_index("ix_job_subject", table_name="job")
    op.drop_index(op.f("ix_job_station_id"), table_name="job")
    op.drop_index("ix_job_open", table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_holiday_station_id"), table_name="holiday")
    op.drop_table("holiday")
    op.drop_index(op.f("ix_ground_station_id"), table_name="ground")
    op.drop_table("ground")
    op.drop_table("fill_note")
    op.drop_table("feed_key")
    op.drop_index(op.f("ix_dictionary_word_station_id"), table_name="dictionary_word")
    op.drop_table("dictionary_word")
    op.drop_table("daily_session_fact")
    op.drop_index("ix_daily_item_fact_first", table_name="daily_item_fact")
    op.drop_table("daily_item_fact")
    op.drop_index(op.f("ix_counting_rule_station_id"), table_name="counting_rule")
    op.drop_table("counting_rule")
    op.drop_index(op.f("ix_closure_station_id"), table_name="closure")
    op.drop_table("closure")
    op.drop_index("ix_audio_sha", table_name="audio_file")
    op.drop_index(op.f("ix_audio_file_station_id"), table_name="audio_file")
    op.drop_table("audio_file")
    op.drop_index(op.f("ix_api_key_station_id"), table_name="api_key")
    op.drop_table("api_key")
    op.drop_index(op.f("ix_airing_station_id"), table_name="airing")
    op.drop_index("ix_airing_day", table_name="airing")
    op.drop_index(op.f("ix_airing_bulletin_id"), table_name="airing")
    op.drop_index(op.f("ix_airing_airing_id"), table_name="airing")
    op.drop_table("airing")
    op.drop_index(op.f("ix_account_station_id"), table_name="account")
    op.drop_table("account")
    op.drop_table("station")
    op.drop_index("ix_sign_in_failure_recent", table_name="sign_in_failure")
    op.drop_index(op.f("ix_sign_in_failure_address"), table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
    op.drop_table("setup_link")
