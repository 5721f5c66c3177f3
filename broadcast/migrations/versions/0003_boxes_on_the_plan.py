"""where a box stands on the plan, and when it was asked for a test tone"""

import sqlalchemy as sa
from alembic import op

from broadcast.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("box", sa.Column("latitude", sa.Float(), nullable=True))
    op.add_column("box", sa.Column("longitude", sa.Float(), nullable=True))
    op.add_column("box", sa.Column("tone_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("box", "tone_at")
    op.drop_column("box", "longitude")
    op.drop_column("box", "latitude")
