DROP TRIGGER IF EXISTS audit_chain ON audit_trailentry;
DROP TRIGGER IF EXISTS audit_refuse ON audit_trailentry;
DROP TRIGGER IF EXISTS audit_refuse_all ON audit_trailentry;
DROP FUNCTION audit_note_change() CASCADE;
DROP FUNCTION audit_note(text, text, text, jsonb);
DROP FUNCTION audit_chain();
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_text(audit_trailentry);
