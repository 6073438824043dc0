"""The first due date is refused any change by the database itself: what was promised first stays to be seen."""

from django.db import migrations

CREATE = """
CREATE FUNCTION actions_first_due_date_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The first due date of an action is never changed.' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER first_due_date_stays BEFORE UPDATE ON actions_actionitem
  FOR EACH ROW WHEN (OLD.first_due_on IS DISTINCT FROM NEW.first_due_on)
  EXECUTE FUNCTION actions_first_due_date_stays();
"""
REMOVE = """
DROP TRIGGER first_due_date_stays ON actions_actionitem;
DROP FUNCTION actions_first_due_date_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, REMOVE)]
