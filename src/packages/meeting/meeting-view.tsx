import { ScrollView, Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Cell } from '@/components/ui/cell';
import { classes } from '@/components/ui/classes';
import { ConnectionBanner } from '@/components/page/connection-banner';
import { useCore } from '@/components/page/core-context';
import { useNavigate } from '@/components/page/navigate';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { routes } from '@/components/page/routes';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { Core } from '@/connection/boot';
import type { Texts } from '@/i18n';
import { meetingOf } from './kits';
import type { MeetingStore } from './meeting-store';
import { type MeetingKey, meetingTexts, remedyKey } from './texts';
import './meeting.scss';

const STEPS = ['howTo.1', 'howTo.2', 'howTo.3', 'howTo.4', 'howTo.5'] as const;
const ROWS = [
  ['table.init', 'table.initOff', 'table.initOn'],
  ['table.login', 'table.loginOff', 'table.loginOn'],
  ['table.anonymous', 'table.anonymousOff', 'table.anonymousOn'],
] as const;

/** The meeting kit on the shared IM login: its state, its sign-in and sign-out, and how to install a kit. */
export const MeetingView = observer(function MeetingView() {
  const core = useCore();
  const root = useStores();
  const [meeting] = useState(() => meetingOf(core, root));
  const t = useTexts(meetingTexts);
  return (
    <>
      <ConnectionBanner />
      <ScrollView className="fill meeting" scrollY>
        <State meeting={meeting} t={t} />
        <Trouble meeting={meeting} t={t} />
        <Action meeting={meeting} t={t} />
        {meeting.kit && <Facts meeting={meeting} name={meeting.kit.name} t={t} />}
        {!meeting.kit && <HowTo t={t} />}
        <Behaviour t={t} />
        {meeting.kit && <HowTo t={t} />}
      </ScrollView>
    </>
  );
});

interface PartProps {
  meeting: MeetingStore;
  t: Texts<MeetingKey>;
}

const State = observer(function State({ meeting: { status }, t }: PartProps) {
  return (
    <View className="meeting-state" ariaRole="status">
      <Text className={classes('meeting-dot', `meeting-${status}`)} />
      <View className="meeting-words">
        <View className="meeting-name">{t(`status.${status}`)}</View>
        <View className="meeting-hint">{t(`hint.${status}`)}</View>
      </View>
    </View>
  );
});

/** The last failure: its step and its remedy. */
const Trouble = observer(function Trouble({ meeting: { error }, t }: PartProps) {
  const { settings } = useStores();
  if (!error) return null;
  const remedy = remedyKey(error.code);
  return (
    <View className="meeting-trouble" ariaRole="alert">
      <View>{`${reasonText(error.code, settings.language)} (${error.code})`}</View>
      <View className="meeting-fact">{`${t('step')} ${t(`step.${error.step}`)}`}</View>
      {remedy && <View className="meeting-fact">{`${t('remedy')} ${t(remedy)}`}</View>}
    </View>
  );
});

const Action = observer(function Action({ meeting, t }: PartProps) {
  const { status } = meeting;
  if (status === 'noKit') return null;
  const isIn = status === 'signedIn' || status === 'signingOut';
  const isBusy = status === 'signingIn' || status === 'signingOut';
  // The button stays enabled while IM is offline: a tap then shows what is missing (100004) and its remedy.
  const act = () => void (isIn ? meeting.signOut() : meeting.signIn());
  return (
    <View className="meeting-action">
      <Button kind={isIn ? 'quiet' : 'primary'} disabled={isBusy} onClick={act}>
        {t(isIn ? 'signOut' : 'signIn')}
      </Button>
      {!isIn && (
        <Button kind="quiet" disabled={isBusy} onClick={() => void meeting.joinAnonymously()}>
          {t('joinAnonymously')}
        </Button>
      )}
    </View>
  );
});

const Facts = observer(function Facts({ t, name }: PartProps & { name: string }) {
  const { gate } = useCore();
  const { session } = useStores();
  const navigate = useNavigate();
  const sockets = useKitSockets(gate);
  return (
    <View className="meeting-group">
      <Cell title={t('kit')} value={name} />
      <Cell title={t('account')} value={session.accountId ?? ''} />
      <Cell
        title={t('sockets')}
        value={String(sockets)}
        onClick={() => navigate(routes.inspector)}
      />
    </View>
  );
});

/** The table of the changes that reuse brings (docs/seed-map.md, seed 002). */
function Behaviour({ t }: { t: Texts<MeetingKey> }) {
  return (
    <View className="meeting-block">
      <View className="meeting-title">{t('table')}</View>
      {ROWS.map(([what, off, on]) => (
        <View key={what} className="meeting-row">
          <View className="meeting-what">{t(what)}</View>
          <View className="meeting-fact">{`${t('table.off')}: ${t(off)}`}</View>
          <View className="meeting-fact">{`${t('table.on')}: ${t(on)}`}</View>
        </View>
      ))}
    </View>
  );
}

function HowTo({ t }: { t: Texts<MeetingKey> }) {
  return (
    <View className="meeting-block">
      <View className="meeting-title">{t('howTo')}</View>
      {STEPS.map((step, index) => (
        <View key={step} className="meeting-step">
          <Text className="meeting-number">{`${index + 1}`}</Text>
          <Text className="meeting-text">{t(step)}</Text>
        </View>
      ))}
    </View>
  );
}

/** Number of live or waiting sockets of a kit. */
function useKitSockets(gate: Core['gate']): number {
  const [sockets, setSockets] = useState(() => gate.list().filter(isOfKit).length);
  useEffect(() => gate.on(() => setSockets(gate.list().filter(isOfKit).length)), [gate]);
  return sockets;
}

function isOfKit({ owner }: { owner: string }): boolean {
  return owner.startsWith('kit:');
}
