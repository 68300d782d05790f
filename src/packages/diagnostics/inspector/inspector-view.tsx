import { ScrollView, Text, View } from '@tarojs/components';
import { useCallback, useState } from 'react';
import { Button } from '@/components/button';
import { classes } from '@/components/classes';
import { useCore } from '@/components/core-context';
import { copyText, tellFailure, toast } from '@/components/dialogs';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import { bundleText, diagnosticsBundle } from '../diagnostics-bundle';
import { hostInfo } from '../host-info';
import { type Budget, type Inspection, kitOf, reportText } from '../inspect';
import { type CheckResult, selfCheck } from '../self-check';
import { shareBundle } from '../share-bundle';
import { type DiagnosticsKey, diagnosticsTexts } from '../texts';
import { trySocket } from '../try-socket';
import { useInspection } from '../use-inspection';
import './inspector.scss';

type Say = (key: DiagnosticsKey) => string;

/** What the connection is doing now, and why; refreshed on every change while the page is shown. */
export const InspectorView = observer(function InspectorView() {
  const core = useCore();
  const { settings } = useStores();
  const texts = diagnosticsTexts[settings.language];
  const say = useCallback<Say>((key) => texts[key], [texts]);
  const inspection = useInspection(core);
  const [checks, setChecks] = useState<readonly CheckResult[]>([]);
  const [isChecking, setChecking] = useState(false);

  const copy = async () => {
    if (await copyText(reportText(inspection), settings.language)) toast(say('copied'));
  };
  const share = async () => {
    const bundle = diagnosticsBundle(core, settings, hostInfo());
    const shared = await shareBundle(bundleText(bundle), core.platform);
    if (typeof shared === 'object') tellFailure(shared, settings.language);
    else if (shared !== 'cancelled') toast(say(shared));
  };
  const check = async () => {
    setChecking(true);
    const results: CheckResult[] = [];
    const isOnline = () => core.manager.state.name === 'online';
    // Named: its socket goes to a host that may be a kit's as well.
    const tryOwn = (url: string) => core.gate.withOwner('app', () => trySocket(url));
    for await (const result of selfCheck({ ...core, trySocket: tryOwn, isOnline })) {
      results.push(result);
      setChecks([...results]);
    }
    setChecking(false);
  };

  return (
    <ScrollView className="fill inspector" scrollY>
      <State inspection={inspection} say={say} />
      <Meter budgets={inspection.budgets} say={say} />
      <Sockets inspection={inspection} say={say} />
      <Facts inspection={inspection} say={say} />
      <View className="inspector-actions">
        <Button kind="quiet" onClick={() => void copy()}>
          {say('copy')}
        </Button>
        <Button disabled={isChecking} onClick={() => void check()}>
          {say(isChecking ? 'checking' : 'check')}
        </Button>
      </View>
      <View className="inspector-actions inspector-more">
        <Button kind="quiet" onClick={() => void share()}>
          {say('share')}
        </Button>
      </View>
      {checks.length > 0 && <Checks checks={checks} say={say} />}
      <Entries title={say('timeline')} entries={inspection.timeline} />
      <Entries title={say('journal')} entries={inspection.journal} />
    </ScrollView>
  );
});

interface PartProps {
  inspection: Inspection;
  say: Say;
}

function State({ inspection: { state, attempt, nextInMs, reason }, say }: PartProps) {
  const details = [
    attempt === undefined ? '' : `${say('attempt')} ${attempt}`,
    nextInMs === undefined ? '' : `${say('next')} ${Math.ceil(nextInMs / 1000)} s`,
    reason === undefined ? '' : `${say('reason')} ${reason}`,
  ].filter(Boolean);
  return (
    <View className="inspector-state" ariaLabel={`${say('state')} ${say(`state.${state}`)}`}>
      <Text className={classes('inspector-dot', `inspector-${state}`)} />
      <Text className="inspector-name">{say(`state.${state}`)}</Text>
      <Text className="inspector-note">{details.join(' · ')}</Text>
    </View>
  );
}

function Meter({ budgets, say }: { budgets: readonly Budget[]; say: Say }) {
  return (
    <View className="inspector-block">
      <View className="inspector-title">{say('budget')}</View>
      {budgets.map(({ name, live, limit }) => (
        <View key={name} className="inspector-budget">
          <Text className="inspector-host ellipsis">{name === 'all' ? say('all') : name}</Text>
          <View className="inspector-places" ariaLabel={`${live} / ${limit}`}>
            {'●'.repeat(live) + '○'.repeat(Math.max(0, limit - live))}
          </View>
          <Text className="inspector-note">{`${live} / ${limit}`}</Text>
        </View>
      ))}
    </View>
  );
}

function Sockets({ inspection: { sockets }, say }: PartProps) {
  return (
    <View className="inspector-block">
      <View className="inspector-title">{say('sockets')}</View>
      {sockets.length === 0 && <View className="inspector-note">{say('noSockets')}</View>}
      {sockets.map(({ id, owner, host, state, ageMs, silentMs }) => (
        <View key={id} className="inspector-line">
          {`${ownerText(owner, say)} ${host} ${state} · ${say('age')} ${seconds(ageMs)}`}
          {silentMs !== undefined && ` · ${say('silent')} ${seconds(silentMs)}`}
        </View>
      ))}
    </View>
  );
}

function Facts({ inspection, say }: PartProps) {
  const facts: [DiagnosticsKey, string | number | undefined][] = [
    ['held', inspection.held],
    ['stuck', inspection.stuck],
    ['kitSockets', inspection.kitSockets],
    ['link', inspection.link],
    ['lbs', inspection.lbs],
    ['client', inspection.clientId],
    ['ip', inspection.clientIp],
    ['signedIn', inspection.signedInAt && new Date(inspection.signedInAt).toISOString()],
    ['customTag', inspection.customTag],
    ['lastOther', inspection.lastOther],
    ['others', inspection.otherClients],
    ['lastClose', inspection.lastClose],
  ];
  return (
    <View className="inspector-block">
      {facts.map(([key, value]) => (
        <View key={key} className="inspector-fact">
          <Text className="inspector-key">{say(key)}</Text>
          <Text className="inspector-value">{value === undefined ? '-' : String(value)}</Text>
        </View>
      ))}
    </View>
  );
}

function Checks({ checks, say }: { checks: readonly CheckResult[]; say: Say }) {
  return (
    <View className="inspector-block">
      {checks.map(({ name, subject, ok, ms, detail }) => (
        <View key={`${name} ${subject}`} className="inspector-line">
          <Text className={ok ? 'inspector-good' : 'inspector-bad'}>
            {say(ok ? 'ok' : 'failed')}
          </Text>
          {` ${say(`check.${name}`)} ${subject} · ${ms} ms${detail ? ` · ${detail}` : ''}`}
        </View>
      ))}
    </View>
  );
}

function Entries({ title, entries }: { title: string; entries: Inspection['journal'] }) {
  return (
    <View className="inspector-block">
      <View className="inspector-title">{title}</View>
      {[...entries].reverse().map(({ at, kind, text }, index) => (
        <View key={entries.length - index} className="inspector-line">
          {`${new Date(at).toISOString().slice(11, 23)} ${kind} ${text}`}
        </View>
      ))}
    </View>
  );
}

function ownerText(owner: string, say: Say): string {
  const kit = kitOf(owner);
  return kit === undefined ? owner : `${say('kit')} ${kit}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
