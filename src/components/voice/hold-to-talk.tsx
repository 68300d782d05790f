import { type CommonEvent, View } from '@tarojs/components';
import { useDidHide } from '@tarojs/taro';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { OutgoingFile } from '@/stores';
import type { RecorderTarget, VoiceRecorder } from '@/stores/voice/voice-recorder';
import { toast } from '../page/dialogs';
import { observer } from '../page/observer';
import { useStores } from '../page/stores-context';
import { useTexts } from '../page/use-texts';
import { classes } from '../ui/classes';
import { Slot } from '../ui/slot';
import { askForMicrophone, microphoneAccess } from './microphone';
import { recorderOf, voiceFile } from './recorder';
import { voiceTexts } from './texts';
import { useMouseHold } from './use-mouse-hold';
import { voiceOf } from './voice';

/** px that the finger moves up to cancel. */
const CANCEL_PX = 70;

interface HoldToTalkProps {
  /** The text field is shown instead. A class hides the bar: removing the node makes Taro send the whole row. */
  hidden: boolean;
  onSend: (file: OutgoingFile) => void;
}

/** The bar in the place of the text field: records while it is held. The first hold only asks for the microphone. */
export const HoldToTalk = observer(function HoldToTalk({ hidden, onSend }: HoldToTalkProps) {
  const root = useStores();
  const t = useTexts(voiceTexts);
  const recorder = recorderOf(root);
  const access = useRef({ isGranted: false, isAsking: false }).current;
  const startY = useRef(0);
  const isHeld = recorder.state === 'starting' || recorder.state === 'recording';

  // Known before the first hold, where the user has agreed earlier.
  useEffect(() => {
    if (hidden) return;
    // The answer may come after the user has agreed meanwhile, and changes nothing then.
    void microphoneAccess().then((found) => {
      if (found === 'granted') access.isGranted = true;
    });
  }, [hidden, access]);
  useDidHide(() => recorder.cancel());
  useEffect(() => () => recorder.cancel(), [recorder]);

  const target = useMemo(
    (): RecorderTarget => ({
      onRecorded: (recorded) => onSend(voiceFile(recorded)),
      onNotice: (notice) => {
        if (notice === 'denied') access.isGranted = false;
        toast(t(notice));
      },
    }),
    [onSend, t, access],
  );
  const ask = useCallback(async () => {
    if (access.isAsking) return;
    access.isAsking = true;
    access.isGranted = await askForMicrophone(root.settings.language);
    access.isAsking = false;
    if (access.isGranted) toast(t('holdNow'));
  }, [access, root, t]);

  const press = useCallback(
    (y: number) => {
      startY.current = y;
      if (root.account?.call.active) toast(t('inCall'));
      else if (!access.isGranted) void ask();
      else {
        voiceOf(root).player.stop();
        recorder.hold(target);
      }
    },
    [root, access, ask, recorder, target, t],
  );
  const move = useCallback(
    (y: number) => {
      const willCancel = startY.current - y > CANCEL_PX;
      if (willCancel !== recorder.willCancel) recorder.setWillCancel(willCancel);
    },
    [recorder],
  );
  const release = useCallback(() => recorder.release(), [recorder]);
  const onStart = useCallback((event: CommonEvent) => press(heightOf(event)), [press]);
  const onMove = useCallback((event: CommonEvent) => move(heightOf(event)), [move]);
  const [node, setNode] = useState<unknown>(null);
  useMouseHold(node, { press, move, release });
  const onCancel = useCallback(() => recorder.cancel(), [recorder]);

  return (
    <View
      ref={setNode}
      className={classes('hold-bar', isHeld && 'hold-bar-held', hidden && 'hold-bar-hidden')}
      ariaRole="button"
      onTouchStart={onStart}
      onTouchMove={onMove}
      onTouchEnd={release}
      onTouchCancel={onCancel}
    >
      {t(isHeld ? (recorder.willCancel ? 'releaseToCancel' : 'releaseToSend') : 'holdToTalk')}
      <Slot>{isHeld && <RecordingSheet recorder={recorder} />}</Slot>
    </View>
  );
});

/** Lies over the page while the user speaks: loudness, time, and what the release does. */
const RecordingSheet = observer(function RecordingSheet({ recorder }: { recorder: VoiceRecorder }) {
  const t = useTexts(voiceTexts);
  const { level, willCancel, secondsLeft, elapsedMs } = recorder;
  const seconds = Math.floor(elapsedMs / 1000);
  return (
    <View className={classes('hold-sheet', willCancel && 'hold-cancel')} ariaRole="alert">
      <View className="hold-box">
        <View
          className={level === null ? 'hold-level hold-calm' : 'hold-level'}
          style={level === null ? undefined : loudness(level)}
        />
        <View className="hold-time">
          {secondsLeft === null
            ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
            : t('secondsLeft', { seconds: secondsLeft })}
        </View>
      </View>
      <View className="hold-hint">{t(willCancel ? 'releaseToCancel' : 'slideToCancel')}</View>
    </View>
  );
});

/** Read by the style of the meter, 0.15 to 1. The typings know no variables. */
function loudness(level: number): object {
  return { '--l': String(Math.round(15 + level * 0.85) / 100) };
}

/** Distance of the finger from the upper edge, px. */
function heightOf(event: CommonEvent): number {
  const { touches } = event as { touches?: ArrayLike<{ readonly clientY: number }> };
  return touches?.[0]?.clientY ?? 0;
}
