import { View } from '@tarojs/components';
import { useEffect } from 'react';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { classes } from '@/components/ui/classes';
import type { AccountStores, Language, MessageRow } from '@/stores';
import type { VoiceText } from '@/stores/chat/voice-texts';
import type { ChatActions } from './chat-actions';
import { reactionEmoji } from './reaction-emoji';
import { chatTexts } from './texts';

interface RowActsProps {
  row: MessageRow;
  account: AccountStores;
  actions: ChatActions;
}

/**
 * Mark and reactions below a bubble. A row without them has no node. It is the last child of its row, so that Taro
 * sends the new node alone; afterwards parts are hidden and not removed.
 */
export const RowActs = observer(function RowActs({ row, account, actions }: RowActsProps) {
  const t = useTexts(chatTexts);
  const { settings } = useStores();
  const { messageClientId: id, conversationId } = row;
  const { acts, react, showReacted } = actions.extras;
  const { reactions, pins } = acts;
  const { readMarks } = settings;
  const { messageServerId } = row.message;
  useEffect(
    () => reactions.watch(row.message),
    // The server's copy of a message has the id that a request needs.
    [reactions, row, messageServerId],
  );
  useEffect(
    () => (readMarks ? acts.watchReads(row.message) : undefined),
    [acts, row, messageServerId, readMarks],
  );
  const given = reactions.of(id);
  const pin = pins.of(conversationId).of(id);
  const voice = acts.voiceTexts.of(id);
  if (given.length === 0 && !pin && !voice) return null;
  const nameOf = (one: string) => account.nameIn(conversationId, one);
  return (
    <View className="acts">
      <View className={pin ? 'mk' : 'gone'}>{pin && t('pin.by', { name: nameOf(pin.by) })}</View>
      <View className={given.length > 0 ? 'rxs' : 'gone'}>
        {given.map(({ index, accounts }) => (
          <View
            key={index}
            className={classes(
              accounts.length > 0 ? 'rx' : 'rx gone',
              accounts.includes(account.accountId) && 'on',
            )}
            data-id={id}
            data-rx={index}
            ariaRole="button"
            onClick={react}
            onLongPress={showReacted}
          >
            {`${reactionEmoji(index)} ${accounts.length}`}
          </View>
        ))}
      </View>
      <View className={voice ? 'vt' : 'gone'}>{voice && voiceLine(voice, settings.language)}</View>
    </View>
  );
});

function voiceLine(voice: VoiceText, language: Language): string {
  const t = chatTexts(language);
  if (voice.state === 'done') return voice.text;
  if (voice.state === 'running') return t('voiceText.running');
  return t('voiceText.failed', { reason: reasonText(voice.code, language) });
}
