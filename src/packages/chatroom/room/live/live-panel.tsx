import { View } from '@tarojs/components';
import { useDidHide } from '@tarojs/taro';
import { reaction } from 'mobx';
import { useEffect, useLayoutEffect, useMemo } from 'react';
import type { ListScroll } from '@/components/message-list/list-scroll';
import { toast } from '@/components/page/dialogs';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { Button } from '@/components/ui/button';
import { Slot } from '@/components/ui/slot';
import { recorderOf } from '@/components/voice/recorder';
import { voiceOf } from '@/components/voice/voice';
import { systemClock } from '@/platform';
import type { RoomStore } from '../../stores/room-store';
import { chatroomTexts } from '../../texts';
import { LivePlayback } from './live-playback';
import { LiveScreen } from './live-screen';
import { liveElementOf, type LiveElement } from './live-url';
import './live.scss';

interface LivePanelProps {
  room: RoomStore;
  scroll: ListScroll;
  copy: (text: string, notice: string) => void;
}

/** The live address of a room: a card that plays it in the page, or copies it where it cannot be played. */
export const LivePanel = observer(function LivePanel({ room, scroll, copy }: LivePanelProps) {
  const t = useTexts(chatroomTexts);
  const url = room.info?.liveUrl;
  useFollowEnd(scroll, url);
  if (!url) return null;
  const onCopy = () => copy(url, t('room.liveCopied'));
  const element = liveElementOf(url);
  return element ? (
    <Live key={url} room={room} scroll={scroll} url={url} element={element} onCopy={onCopy} />
  ) : (
    <CopyCard url={url} onCopy={onCopy} />
  );
});

interface CopyCardProps {
  url: string;
  onCopy: () => void;
}

const CopyCard = observer(function CopyCard({ url, onCopy }: CopyCardProps) {
  const t = useTexts(chatroomTexts);
  return (
    <View className="live-card" hoverClass="button-pressed" ariaRole="button" onClick={onCopy}>
      <View className="live-words">
        <View className="live-title">{t('room.live')}</View>
        <View className="live-note ellipsis">{url}</View>
      </View>
      <View className="live-copy">{t('live.copy')}</View>
    </View>
  );
});

interface LiveProps extends CopyCardProps {
  room: RoomStore;
  scroll: ListScroll;
  element: LiveElement;
}

const Live = observer(function Live({ room, scroll, url, element, onCopy }: LiveProps) {
  const t = useTexts(chatroomTexts);
  const { playback, start } = usePlayback(room);
  const { phase } = playback;
  useFollowEnd(scroll, playback.isOn || phase === 'failed');
  if (phase === 'off' || phase === 'interrupted' || phase === 'ended')
    return (
      <View className="live-card" hoverClass="button-pressed" ariaRole="button" onClick={start}>
        <View className="live-sign" />
        <View className="live-words">
          <View className="live-title">{t('room.live')}</View>
          <View className="live-note">{t(`live.${phase}`)}</View>
        </View>
      </View>
    );
  return (
    <View className="live-view">
      <View className="live-bar">
        <View className="live-title">{t('room.live')}</View>
        <View className="live-state ellipsis">{phase === 'failed' ? '' : t(`live.${phase}`)}</View>
        <View
          className="live-collapse"
          hoverClass="button-pressed"
          ariaRole="button"
          ariaLabel={t('live.collapse')}
          onClick={() => playback.stop()}
        />
      </View>
      <Slot className="live-place">
        {phase === 'failed' ? (
          <View className="live-fault" ariaRole="alert">
            <View className="live-fault-text">{t('live.failed')}</View>
            <View className="live-fault-ways">
              <Button kind="quiet" onClick={start}>
                {t('live.retry')}
              </Button>
              <Button kind="plain" onClick={onCopy}>
                {t('live.copyAddress')}
              </Button>
            </View>
          </View>
        ) : (
          <LiveScreen url={url} element={element} playback={playback} />
        )}
      </Slot>
    </View>
  );
});

/** Keeps the newest message in sight when a part above the messages changes its height. */
function useFollowEnd(scroll: ListScroll, layout: unknown): void {
  useLayoutEffect(() => scroll.followEnd(), [scroll, layout]);
}

/** A picture that ends with the visit and the page, and when a voice message, a recording or a call starts. */
function usePlayback(room: RoomStore): { playback: LivePlayback; start: () => void } {
  const root = useStores();
  const t = useTexts(chatroomTexts);
  const playback = useMemo(() => new LivePlayback(systemClock), []);
  useDidHide(() => playback.interrupt());
  useEffect(() => {
    const { player } = voiceOf(root);
    const recorder = recorderOf(root);
    const stops = [
      reaction(
        () =>
          player.phase === 'loading' ||
          player.phase === 'playing' ||
          recorder.state !== 'idle' ||
          Boolean(root.account?.call.active),
        (hasSound) => hasSound && playback.interrupt(),
      ),
      reaction(
        () => room.state.name === 'exited',
        (hasExited) => hasExited && playback.stop(),
      ),
      () => playback.stop(),
    ];
    return () => stops.forEach((stop) => stop());
  }, [root, room, playback]);
  const start = () => {
    if (root.account?.call.active) return toast(t('live.inCall'));
    voiceOf(root).player.stop();
    playback.start();
  };
  return { playback, start };
}
