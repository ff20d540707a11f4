"""The map of the city, from the council's own GeoJSON."""

import django.db.models.deletion
import django.db.models.fields.json
from django.db import migrations, models

# Whether a geometry is one of its kind: GeoJSON of the right type whose positions are two numbers
# within degrees, lines of two points at least, rings closed. Nothing of it raises an error, whatever
# the JSON is.
VALID = """
CREATE FUNCTION city_geometry_is_valid(kind text, geometry jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
    of_type text := CASE WHEN jsonb_typeof(geometry) = 'object' THEN geometry->>'type' END;
    depth int := CASE of_type
        WHEN 'Point' THEN 0 WHEN 'MultiLineString' THEN 2 WHEN 'MultiPolygon' THEN 3 END;
    parts jsonb;
BEGIN
    IF depth IS NULL THEN
        RETURN false;
    END IF;
    IF geometry - 'type' - 'coordinates' <> '{}'::jsonb
        OR length(geometry::text) > 5000000
        OR NOT (CASE kind
            WHEN 'place' THEN of_type = 'Point'
            WHEN 'district' THEN of_type = 'MultiPolygon'
            WHEN 'water' THEN of_type IN ('MultiPolygon', 'MultiLineString')
            WHEN 'street' THEN of_type = 'MultiLineString'
            WHEN 'route' THEN of_type = 'MultiLineString'
            WHEN 'railway' THEN of_type = 'MultiLineString'
            ELSE false END)
    THEN
        RETURN false;
    END IF;
    parts := jsonb_build_array(geometry->'coordinates');
    FOR level IN 1..depth LOOP
        IF EXISTS (
            SELECT FROM jsonb_array_elements(parts) part
            WHERE CASE WHEN jsonb_typeof(part) = 'array'
                THEN jsonb_array_length(part) = 0 ELSE true END
        ) THEN
            RETURN false;
        END IF;
        IF level = depth AND EXISTS (
            SELECT FROM jsonb_array_elements(parts) line
            WHERE jsonb_array_length(line) < CASE depth WHEN 3 THEN 4 ELSE 2 END
                OR depth = 3 AND line->0 <> line->-1
        ) THEN
            RETURN false;
        END IF;
        parts := jsonb_path_query_array(parts, 'strict $[*][*]');
    END LOOP;
    RETURN NOT EXISTS (
        SELECT FROM jsonb_array_elements(parts) pos
        WHERE CASE
            WHEN jsonb_typeof(pos) <> 'array' THEN true
            WHEN jsonb_array_length(pos) <> 2 THEN true
            WHEN jsonb_typeof(pos->0) <> 'number' OR jsonb_typeof(pos->1) <> 'number'
                THEN true
            ELSE (pos->>0)::numeric NOT BETWEEN -180 AND 180
                OR (pos->>1)::numeric NOT BETWEEN -90 AND 90
        END
    );
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('city', '0007_english_names'),
    ]

    operations = [
        migrations.RunSQL([VALID], ["DROP FUNCTION city_geometry_is_valid(text, jsonb)"]),
        migrations.AddField(
            model_name='council',
            name='map_attribution',
            field=models.CharField(blank=True, max_length=200, verbose_name='whose data the map is'),
        ),
        migrations.AddField(
            model_name='council',
            name='map_version',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name='MapFeature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('district', 'districts'), ('street', 'streets'), ('route', 'bus and tram lines'), ('railway', 'railways'), ('water', 'rivers and lakes'), ('place', 'places')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('geometry', models.JSONField()),
                ('district', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.district')),
                ('street', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='city.street')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Func(models.F('kind'), models.F('geometry'), function='city_geometry_is_valid', output_field=models.BooleanField()), name='map_feature_geometry'), models.CheckConstraint(condition=models.Q(models.Q(('district__isnull', False), ('kind', 'district'), ('name', ''), ('street', None)), models.Q(('district', None), ('kind', 'street'), ('name', ''), ('street__isnull', False)), models.Q(('district', None), ('kind__in', ('route', 'railway', 'water', 'place')), ('street', None), models.Q(('name', ''), _negated=True)), _connector='OR'), name='map_feature_of_one_thing'), models.UniqueConstraint(models.F('kind'), models.F('name'), django.db.models.fields.json.KeyTextTransform('type', 'geometry'), condition=models.Q(('kind__in', ('route', 'railway', 'water'))), name='map_feature_once'), models.UniqueConstraint(condition=models.Q(('kind', 'place')), fields=('name', 'geometry'), name='map_place_once')],
            },
        ),
    ]
