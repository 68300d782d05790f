import { CodeCard } from '@/components/code/code-card';
import { codeOfTeam } from '@/components/code/codes';
import { observer } from '@/components/page/observer';
import type { PageParams } from '@/components/page/page-params';
import { useTexts } from '@/components/page/use-texts';
import { CLOSED } from '../team-fields';
import { TeamGate, type TeamView } from '../team-gate';
import { teamTexts } from '../texts';

/** The QR code of a team. */
export const CodeView = observer(function CodeView({ params }: { params: PageParams }) {
  return <TeamGate params={params}>{code}</TeamGate>;
});

const code = (view: TeamView) => <Code {...view} />;

const Code = observer(function Code({ team }: TeamView) {
  const t = useTexts(teamTexts);
  const { key, info } = team;
  if (!info) return null;
  const isClosed = (info.joinMode as number) === CLOSED;
  return (
    <CodeCard
      code={codeOfTeam(key)}
      id={info.teamId}
      name={info.name}
      note={`${t('id')} ${info.teamId}`}
      avatar={info.avatar}
      title={t('code.title')}
      hint={t(isClosed ? 'apply.closed' : 'code.hint')}
      saveText={t('code.save')}
      fileName={`team-${key.teamId}.png`}
    />
  );
});
