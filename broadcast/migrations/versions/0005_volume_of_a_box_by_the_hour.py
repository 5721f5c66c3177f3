"""a box is louder or quieter at hours of its own"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("box", sa.Column("volume_hours", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("box", "volume_hours")
