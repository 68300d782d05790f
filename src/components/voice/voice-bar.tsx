import { View } from '@tarojs/components';
import { useDidHide } from '@tarojs/taro';
import { useEffect } from 'react';
import type { VoiceList } from '@/stores/voice/voice-player';
import { observer } from '../page/observer';
import { useStores } from '../page/stores-context';
import { useTexts } from '../page/use-texts';
import { Slot } from '../ui/slot';
import { voiceTexts } from './texts';
import { voiceOf } from './voice';

/**
 * The speed of the voice message that plays, over the upper edge of the messages. It is no part of a row: each row
 * would pay for it. When the page is left or hidden, the sound ends.
 */
export const VoiceBar = observer(function VoiceBar({ list }: { list: VoiceList }) {
  const t = useTexts(voiceTexts);
  const { player } = voiceOf(useStores());
  useDidHide(() => player.leaveList(list));
  useEffect(() => () => player.leaveList(list), [player, list]);
  const { phase, rate } = player;
  const isShown = phase === 'playing' || phase === 'loading' || phase === 'paused';
  return (
    <Slot className="voice-place">
      {isShown && (
        <View
          className="voice-rate"
          hoverClass="pressed"
          ariaRole="button"
          ariaLabel={t('rate', { rate })}
          onClick={() => player.nextRate()}
        >
          {`${rate}×`}
        </View>
      )}
    </Slot>
  );
});
