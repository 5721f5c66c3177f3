"""a slot's sessions end with closing words of their own"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TO_AUDIO = "fk_session_closing_audio_id_audio_file"


def upgrade() -> None:
    op.add_column("slot", sa.Column("closing_words", sa.Text(), nullable=False, server_default=""))
    # Spelt out, because SQLite takes a reference only with its column: sessions are not copied.
    op.execute(
        "ALTER TABLE session ADD COLUMN closing_audio_id VARCHAR(36) "
        f"CONSTRAINT {TO_AUDIO} REFERENCES audio_file (id)"
    )


def downgrade() -> None:
    op.drop_column("session", "closing_audio_id")
    op.drop_column("slot", "closing_words")
