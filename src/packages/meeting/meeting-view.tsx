import { ScrollView, Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { Cell } from '@/components/cell';
import { classes } from '@/components/classes';
import { ConnectionBanner } from '@/components/connection-banner';
import { useCore } from '@/components/core-context';
import { useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { reasonText } from '@/components/reason-text';
import { routes } from '@/components/routes';
import { useStores } from '@/components/stores-context';
import type { Core } from '@/connection/boot';
import { meetingOf } from './kits';
import type { MeetingStore } from './meeting-store';
import { type MeetingKey, meetingTexts, remedyKey } from './texts';
import './meeting.scss';

type Say = (key: MeetingKey) => string;

const STEPS = ['howTo.1', 'howTo.2', 'howTo.3', 'howTo.4', 'howTo.5'] as const;
const ROWS = [
  ['table.init', 'table.initOff', 'table.initOn'],
  ['table.login', 'table.loginOff', 'table.loginOn'],
  ['table.anonymous', 'table.anonymousOff', 'table.anonymousOn'],
] as const;

/** The room kit on the shared IM login: its state, signing it in and out, and what to plug in. */
export const MeetingView = observer(function MeetingView() {
  const core = useCore();
  const root = useStores();
  const [meeting] = useState(() => meetingOf(core, root));
  const texts = meetingTexts[root.settings.language];
  const say: Say = (key) => texts[key];
  return (
    <>
      <ConnectionBanner />
      <ScrollView className="fill meeting" scrollY>
        <State meeting={meeting} say={say} />
        <Trouble meeting={meeting} say={say} />
        <Action meeting={meeting} say={say} />
        {meeting.kit && <Facts meeting={meeting} name={meeting.kit.name} say={say} />}
        {!meeting.kit && <HowTo say={say} />}
        <Behaviour say={say} />
        {meeting.kit && <HowTo say={say} />}
      </ScrollView>
    </>
  );
});

interface PartProps {
  meeting: MeetingStore;
  say: Say;
}

const State = observer(function State({ meeting: { status }, say }: PartProps) {
  return (
    <View className="meeting-state" ariaRole="status">
      <Text className={classes('meeting-dot', `meeting-${status}`)} />
      <View className="meeting-words">
        <View className="meeting-name">{say(`status.${status}`)}</View>
        <View className="meeting-hint">{say(`hint.${status}`)}</View>
      </View>
    </View>
  );
});

/** What went wrong, at which step, and what helps. */
const Trouble = observer(function Trouble({ meeting: { error }, say }: PartProps) {
  const { settings } = useStores();
  if (!error) return null;
  const remedy = remedyKey(error.code);
  return (
    <View className="meeting-trouble" ariaRole="alert">
      <View>{`${reasonText(error.code, settings.language)} (${error.code})`}</View>
      <View className="meeting-fact">{`${say('step')} ${say(`step.${error.step}`)}`}</View>
      {remedy && <View className="meeting-fact">{`${say('remedy')} ${say(remedy)}`}</View>}
    </View>
  );
});

const Action = observer(function Action({ meeting, say }: PartProps) {
  const { status } = meeting;
  if (status === 'noKit') return null;
  const isIn = status === 'signedIn' || status === 'signingOut';
  const isBusy = status === 'signingIn' || status === 'signingOut';
  // Not disabled while IM is offline: the tap says what is missing (100004) and what helps.
  const act = () => void (isIn ? meeting.signOut() : meeting.signIn());
  return (
    <View className="meeting-action">
      <Button kind={isIn ? 'quiet' : 'primary'} disabled={isBusy} onClick={act}>
        {say(isIn ? 'signOut' : 'signIn')}
      </Button>
      {!isIn && (
        <Button kind="quiet" disabled={isBusy} onClick={() => void meeting.joinAnonymously()}>
          {say('joinAnonymously')}
        </Button>
      )}
    </View>
  );
});

const Facts = observer(function Facts({ say, name }: PartProps & { name: string }) {
  const { gate } = useCore();
  const { session } = useStores();
  const navigate = useNavigate();
  const sockets = useKitSockets(gate);
  return (
    <View className="meeting-group">
      <Cell title={say('kit')} value={name} />
      <Cell title={say('account')} value={session.accountId ?? ''} />
      <Cell
        title={say('sockets')}
        value={String(sockets)}
        onClick={() => navigate(routes.inspector)}
      />
    </View>
  );
});

/** The seed's table of what reuse changes. */
function Behaviour({ say }: { say: Say }) {
  return (
    <View className="meeting-block">
      <View className="meeting-title">{say('table')}</View>
      {ROWS.map(([what, off, on]) => (
        <View key={what} className="meeting-row">
          <View className="meeting-what">{say(what)}</View>
          <View className="meeting-fact">{`${say('table.off')}: ${say(off)}`}</View>
          <View className="meeting-fact">{`${say('table.on')}: ${say(on)}`}</View>
        </View>
      ))}
    </View>
  );
}

function HowTo({ say }: { say: Say }) {
  return (
    <View className="meeting-block">
      <View className="meeting-title">{say('howTo')}</View>
      {STEPS.map((step, index) => (
        <View key={step} className="meeting-step">
          <Text className="meeting-number">{`${index + 1}`}</Text>
          <Text className="meeting-text">{say(step)}</Text>
        </View>
      ))}
    </View>
  );
}

/** How many sockets of a kit live or wait. */
function useKitSockets(gate: Core['gate']): number {
  const [sockets, setSockets] = useState(() => gate.list().filter(isOfKit).length);
  useEffect(() => gate.on(() => setSockets(gate.list().filter(isOfKit).length)), [gate]);
  return sockets;
}

function isOfKit({ owner }: { owner: string }): boolean {
  return owner.startsWith('kit:');
}
