-- The program makes the keys. For a statement written by hand that leaves one out, the database makes that of a name in ASCII, which is its lower case;
-- any other name it cannot know the key of, and refuses the row.
CREATE FUNCTION houston$default.make_name_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO name USING NEW;

    IF name ~ '^[\x01-\x7f]*$' THEN
        RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[1], lower(name COLLATE "C")));
    END IF;

    RETURN NEW;
END
$$;

DO $$
DECLARE
    item text[];
BEGIN
    FOREACH item SLICE 1 IN ARRAY ARRAY[
        ['User', 'username', 'usernameKey'], ['Email', 'address', 'addressKey'], ['Invitation', 'email', 'emailKey'], ['Team', 'name', 'nameKey'],
        ['CustomRole', 'name', 'nameKey'], ['Workspace', 'label', 'labelKey'], ['Cluster', 'name', 'nameKey']]
    LOOP
        EXECUTE format(
            'CREATE TRIGGER key_inserted BEFORE INSERT ON houston$default.%1$I FOR EACH ROW WHEN (NEW.%3$I IS NULL)
                EXECUTE FUNCTION houston$default.make_name_key(%2$L, %3$L)', VARIADIC item);
        EXECUTE format(
            'CREATE TRIGGER key_updated BEFORE UPDATE OF %2$I ON houston$default.%1$I FOR EACH ROW WHEN (NEW.%2$I <> OLD.%2$I AND NEW.%3$I = OLD.%3$I)
                EXECUTE FUNCTION houston$default.make_name_key(%2$L, %3$L)', VARIADIC item);
    END LOOP;
END
$$;
