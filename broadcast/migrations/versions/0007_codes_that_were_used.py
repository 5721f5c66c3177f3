"""the last code of a phone that was taken: it opens once"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    step = sa.Column("totp_step", sa.Integer(), nullable=False, server_default="0")
    op.add_column("account", step)


def downgrade() -> None:
    op.drop_column("account", "totp_step")
