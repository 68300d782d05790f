import { View } from '@tarojs/components';
import { bubbleId } from '../../ui/bubble-id';
import { classes } from '../../ui/classes';
import { observer } from '../../page/observer';
import { useStores } from '../../page/stores-context';
import { useTexts } from '../../page/use-texts';
import { voiceTexts } from '../../voice/texts';
import { voiceOf } from '../../voice/voice';
import { barsOf, barsOutline, secondsOf } from '../../voice/waveform';
import type { BodyProps } from '../body-props';

/**
 * A voice message: its bars and its length. The dot of a message that was not heard is the ::after of the bubble, and
 * the played part is a variable of the bubble's style, so that a step of playing sends one short value.
 */
export const AudioBody = observer(function AudioBody({
  row,
  content,
  actions,
}: BodyProps<'audio'>) {
  const root = useStores();
  const t = useTexts(voiceTexts);
  const { player, heard } = voiceOf(root);
  const { messageClientId: id, mine, createTime } = row;
  const seconds = secondsOf(content.duration);
  const isUnheard = !mine && !heard.has(id, createTime);
  const phase = player.phaseOf(id);
  const hasFailed = phase === 'failed';
  const { count, width } = barsOf(content.duration);
  const clipPath = barsOutline(content.waveform, count);
  return (
    <View
      id={bubbleId(id)}
      className={classes('vo bubble', isUnheard && 'un', CLASSES[phase])}
      style={phase === 'idle' ? undefined : played(player.percentOf(id))}
      data-id={id}
      ariaRole="button"
      ariaLabel={t(isUnheard ? 'labelUnheard' : 'label', { seconds })}
      onClick={actions.playVoice}
      onLongPress={actions.openMenu}
    >
      <View
        className={clipPath ? 'wv' : 'wv ev'}
        style={{ width: `${width}PX`, ...(clipPath ? { clipPath } : {}) }}
      />
      {hasFailed ? t(player.failure ?? 'unloaded') : `${seconds}″`}
    </View>
  );
});

const CLASSES = {
  idle: undefined,
  loading: 'ld on',
  playing: 'on',
  paused: 'on',
  failed: 'bad',
} as const;

/** Read by the style of the bars. The typings know no variables. */
function played(percent: number): object {
  return { '--p': `${percent}%` };
}
