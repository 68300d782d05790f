import { ScrollView, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import { useCore } from '@/components/page/core-context';
import { copyText, tellFailure, toast } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import type { Texts } from '@/i18n';
import { bundleText, diagnosticsBundle } from '../diagnostics-bundle';
import { hostInfo } from '../host-info';
import { type Budget, type Inspection, kitOf, reportText } from '../inspect';
import { type CheckResult, selfCheck } from '../self-check';
import { shareBundle } from '../share-bundle';
import { type DiagnosticsKey, diagnosticsTexts } from '../texts';
import { trySocket } from '../try-socket';
import { useInspection } from '../use-inspection';
import './inspector.scss';

/** The current state of the connection and its reasons; updated with every change while the page is shown. */
export const InspectorView = observer(function InspectorView() {
  const core = useCore();
  const { settings } = useStores();
  const t = useTexts(diagnosticsTexts);
  const inspection = useInspection(core);
  const [checks, setChecks] = useState<readonly CheckResult[]>([]);
  const [isChecking, setChecking] = useState(false);

  const copy = async () => {
    if (await copyText(reportText(inspection), settings.language)) toast(t('copied'));
  };
  const share = async () => {
    const bundle = diagnosticsBundle(core, settings, hostInfo());
    const shared = await shareBundle(bundleText(bundle), core.platform);
    if (typeof shared === 'object') tellFailure(shared, settings.language);
    else if (shared !== 'cancelled') toast(t(shared));
  };
  const check = async () => {
    setChecking(true);
    const results: CheckResult[] = [];
    const isOnline = () => core.manager.state.name === 'online';
    // The owner is named because the host of this socket may also be a kit's.
    const tryOwn = (url: string) => core.gate.withOwner('app', () => trySocket(url));
    for await (const result of selfCheck({ ...core, trySocket: tryOwn, isOnline })) {
      results.push(result);
      setChecks([...results]);
    }
    setChecking(false);
  };

  return (
    <ScrollView className="fill inspector" scrollY>
      <State inspection={inspection} t={t} />
      <Meter budgets={inspection.budgets} t={t} />
      <Sockets inspection={inspection} t={t} />
      <Facts inspection={inspection} t={t} />
      <View className="inspector-actions">
        <Button kind="quiet" onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <Button disabled={isChecking} onClick={() => void check()}>
          {t(isChecking ? 'checking' : 'check')}
        </Button>
      </View>
      <View className="inspector-actions inspector-more">
        <Button kind="quiet" onClick={() => void share()}>
          {t('share')}
        </Button>
      </View>
      {checks.length > 0 && <Checks checks={checks} t={t} />}
      <Entries title={t('timeline')} entries={inspection.timeline} />
      <Entries title={t('journal')} entries={inspection.journal} />
    </ScrollView>
  );
});

interface PartProps {
  inspection: Inspection;
  t: Texts<DiagnosticsKey>;
}

function State({ inspection: { state, attempt, nextInMs, reason }, t }: PartProps) {
  const details = [
    attempt === undefined ? '' : `${t('attempt')} ${attempt}`,
    nextInMs === undefined ? '' : `${t('next')} ${Math.ceil(nextInMs / 1000)} s`,
    reason === undefined ? '' : `${t('reason')} ${reason}`,
  ].filter(Boolean);
  return (
    <View className="inspector-state" ariaLabel={`${t('state')} ${t(`state.${state}`)}`}>
      <Text className={classes('inspector-dot', `inspector-${state}`)} />
      <Text className="inspector-name">{t(`state.${state}`)}</Text>
      <Text className="inspector-note">{details.join(' · ')}</Text>
    </View>
  );
}

function Meter({ budgets, t }: { budgets: readonly Budget[]; t: Texts<DiagnosticsKey> }) {
  return (
    <View className="inspector-block">
      <View className="inspector-title">{t('budget')}</View>
      {budgets.map(({ name, live, limit }) => (
        <View key={name} className="inspector-budget">
          <Text className="inspector-host ellipsis">{name === 'all' ? t('all') : name}</Text>
          <View className="inspector-places" ariaLabel={`${live} / ${limit}`}>
            {'●'.repeat(live) + '○'.repeat(Math.max(0, limit - live))}
          </View>
          <Text className="inspector-note">{`${live} / ${limit}`}</Text>
        </View>
      ))}
    </View>
  );
}

function Sockets({ inspection: { sockets }, t }: PartProps) {
  return (
    <View className="inspector-block">
      <View className="inspector-title">{t('sockets')}</View>
      {sockets.length === 0 && <View className="inspector-note">{t('noSockets')}</View>}
      {sockets.map(({ id, owner, host, state, ageMs, silentMs }) => (
        <View key={id} className="inspector-line">
          {`${ownerText(owner, t)} ${host} ${state} · ${t('age')} ${seconds(ageMs)}`}
          {silentMs !== undefined && ` · ${t('silent')} ${seconds(silentMs)}`}
        </View>
      ))}
    </View>
  );
}

function Facts({ inspection, t }: PartProps) {
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
          <Text className="inspector-key">{t(key)}</Text>
          <Text className="inspector-value">{value === undefined ? '-' : String(value)}</Text>
        </View>
      ))}
    </View>
  );
}

function Checks({ checks, t }: { checks: readonly CheckResult[]; t: Texts<DiagnosticsKey> }) {
  return (
    <View className="inspector-block">
      {checks.map(({ name, subject, ok, ms, detail }) => (
        <View key={`${name} ${subject}`} className="inspector-line">
          <Text className={ok ? 'inspector-good' : 'inspector-bad'}>{t(ok ? 'ok' : 'failed')}</Text>
          {` ${t(`check.${name}`)} ${subject} · ${ms} ms${detail ? ` · ${detail}` : ''}`}
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

function ownerText(owner: string, t: Texts<DiagnosticsKey>): string {
  const kit = kitOf(owner);
  return kit === undefined ? owner : `${t('kit')} ${kit}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
