import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0011_silence_and_the_day_of_a_condition'),
        ('transcripts', '0004_versions_of_what_is_edited'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PutOff',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('until', models.DateField(help_text='from this day on the mail tells of it again', verbose_name='until')),
            ],
            options={
                'verbose_name': 'reminder put off',
                'verbose_name_plural': 'reminders put off',
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('minister', 'minister'), ('portfolio', 'portfolio'), ('committee', 'committee'), ('member', 'member of parliament who asked, or to whom it was promised'), ('label', 'label'), ('words', 'words'), ('watch_list', 'watch list')], max_length=10, verbose_name='kind')),
                ('words', models.CharField(blank=True, help_text='a portfolio or a committee as printed, or words to look for', max_length=400, verbose_name='words')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['kind', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='digest',
            name='one_digest_per_week',
        ),
        # Only the name in the code changes: the column stays "week", for the version before that runs on meanwhile.
        migrations.AlterField(
            model_name='digest',
            name='week',
            field=models.DateField(db_column='week', help_text='the Monday of the week it is for, or the day of a daily one', verbose_name='period'),
        ),
        migrations.RenameField(
            model_name='digest',
            old_name='week',
            new_name='period',
        ),
        migrations.AlterModelOptions(
            name='digest',
            options={'ordering': ['-period', '-pk'], 'verbose_name': 'digest', 'verbose_name_plural': 'digests'},
        ),
        migrations.AddField(
            model_name='digest',
            name='nothing',
            field=models.BooleanField(db_default=False, default=False, help_text='so no mail was wanted', verbose_name='nothing to tell'),
        ),
        migrations.AddField(
            model_name='digest',
            name='rhythm',
            field=models.CharField(choices=[('weekly', 'every week'), ('daily', 'every day'), ('changes', 'only when something changed')], db_default='weekly', default='weekly', max_length=7, verbose_name='how often'),
        ),
        migrations.AddField(
            model_name='historicalsubscription',
            name='also_when_nothing',
            field=models.BooleanField(db_default=True, default=True, verbose_name='also when there is nothing to tell'),
        ),
        migrations.AddField(
            model_name='historicalsubscription',
            name='everything',
            field=models.BooleanField(db_default=True, default=True, help_text='or only about the topics that were chosen', verbose_name='about everything'),
        ),
        migrations.AddField(
            model_name='historicalsubscription',
            name='hour',
            field=models.PositiveSmallIntegerField(db_default=7, default=7, help_text='Brussels time, 0 to 23', validators=[django.core.validators.MaxValueValidator(23)], verbose_name='hour'),
        ),
        migrations.AddField(
            model_name='historicalsubscription',
            name='rhythm',
            field=models.CharField(choices=[('weekly', 'every week'), ('daily', 'every day'), ('changes', 'only when something changed')], db_default='weekly', default='weekly', max_length=7, verbose_name='how often'),
        ),
        migrations.AddField(
            model_name='historicalsubscription',
            name='weekday',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], db_default=0, default=0, verbose_name='day of the week'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='also_when_nothing',
            field=models.BooleanField(db_default=True, default=True, verbose_name='also when there is nothing to tell'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='everything',
            field=models.BooleanField(db_default=True, default=True, help_text='or only about the topics that were chosen', verbose_name='about everything'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='hour',
            field=models.PositiveSmallIntegerField(db_default=7, default=7, help_text='Brussels time, 0 to 23', validators=[django.core.validators.MaxValueValidator(23)], verbose_name='hour'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='rhythm',
            field=models.CharField(choices=[('weekly', 'every week'), ('daily', 'every day'), ('changes', 'only when something changed')], db_default='weekly', default='weekly', max_length=7, verbose_name='how often'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='weekday',
            field=models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], db_default=0, default=0, verbose_name='day of the week'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('subscription', 'period', 'rhythm'), name='one_digest_per_period'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(('hour__lte', 23), ('weekday__lte', 6)), name='hour_of_a_week'),
        ),
        migrations.AddField(
            model_name='putoff',
            name='commitment',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='commitments.commitment', to_field='uid', verbose_name='commitment'),
        ),
        migrations.AddField(
            model_name='putoff',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user'),
        ),
        migrations.AddField(
            model_name='topic',
            name='label',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='commitments.tag', verbose_name='label'),
        ),
        migrations.AddField(
            model_name='topic',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='transcripts.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='topic',
            name='subscription',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='commitments.subscription', verbose_name='subscription'),
        ),
        migrations.AddConstraint(
            model_name='putoff',
            constraint=models.UniqueConstraint(fields=('user', 'commitment'), name='put_off_once_by_one'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(condition=models.Q(('label__isnull', False)), fields=('subscription', 'label'), name='topic_once_by_a_label'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(condition=models.Q(('label__isnull', True), ('person__isnull', True)), fields=('subscription', 'kind', 'words'), name='topic_once_by_words'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['minister', 'member']), ('label__isnull', True), ('person__isnull', False), ('words', '')), models.Q(('kind', 'label'), ('label__isnull', False), ('person__isnull', True), ('words', '')), models.Q(('kind', 'watch_list'), ('label__isnull', True), ('person__isnull', True), ('words', '')), models.Q(('kind__in', ['portfolio', 'committee', 'words']), ('label__isnull', True), ('person__isnull', True), models.Q(('words', ''), _negated=True)), _connector='OR'), name='topic_names_its_thing'),
        ),
    ]
