import { ScrollView, Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import { useGoBack } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { routes } from '@/components/page/routes';
import { useTexts } from '@/components/page/use-texts';
import { toast } from '@/components/page/dialogs';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { LENGTHS } from '../team-fields';
import { TeamGate, type TeamView } from '../team-gate';
import { type EditField, fieldIn } from '../team-routes';
import { teamTexts } from '../texts';
import { useAttempt, useTeams } from '../use-team';
import '../team.scss';

interface EditProps extends TeamView {
  field: EditField;
  accountId: string;
}

/** Changes a text of a team or a nick. Who may not change it reads it. */
export const EditView = observer(function EditView({ params }: { params: PageParams }) {
  const field = fieldIn(params);
  const accountId = paramOf(params, 'of');
  return (
    <TeamGate params={params}>
      {(view) => {
        const mayEdit = view.team.mayEdit || field === 'ownNick' || field === 'nick';
        return mayEdit ? (
          <Edit {...view} field={field} accountId={accountId} />
        ) : (
          <Read {...view} field={field} accountId={accountId} />
        );
      }}
    </TeamGate>
  );
});

const Read = observer(function Read(props: EditProps) {
  const t = useTexts(teamTexts);
  return (
    <ScrollView className="fill" scrollY>
      <View className="tm-words">{textOf(props) || t('none')}</View>
    </ScrollView>
  );
});

const Edit = observer(function Edit(props: EditProps) {
  const { account, team, field, accountId } = props;
  const t = useTexts(teamTexts);
  const { acts } = useTeams(account);
  const attempt = useAttempt();
  const goBack = useGoBack(routes.conversations, 'tab');
  const [initial] = useState(() => textOf(props));
  const [text, setText] = useState(initial);
  const most = LENGTHS[field];
  const { length } = [...text];
  const save = async () => {
    const value = text.trim();
    if (length > most) return toast(t('tooLong', { count: length - most }));
    if (field === 'name' && value === '') return toast(t('nameEmpty'));
    const isDone = await attempt(() => {
      if (field === 'ownNick') return acts.setOwnNick(team.key, value);
      if (field === 'nick') return acts.setNick(team.key, accountId, value);
      return acts.update(team.key, { [field]: value });
    });
    if (isDone) goBack();
  };
  return (
    <ScrollView className="fill" scrollY>
      <View className="tm-form">
        <Textarea
          className={classes('tm-field', most > LENGTHS.name && 'tm-long')}
          // A browser gets the value with each rendering, a mini-program only when the value changes.
          value={process.env.TARO_ENV === 'h5' ? text : initial}
          ariaLabel={t(field)}
          maxlength={-1}
          disableDefaultPadding
          showConfirmBar={false}
          onInput={({ detail }) => setText(detail.value)}
        />
        <View className={classes('tm-count', length > most && 'tm-over')}>
          {`${length}/${most}`}
        </View>
        <Button onClick={() => void save()}>{t('save')}</Button>
      </View>
    </ScrollView>
  );
});

function textOf({ team, field, accountId }: EditProps): string {
  if (field === 'ownNick') return team.self?.teamNick ?? '';
  if (field !== 'nick') return team.info?.[field] ?? '';
  return team.members.of(accountId)?.member.teamNick ?? '';
}
