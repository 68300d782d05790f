import { View } from '@tarojs/components';
import { observer } from '@/components/page/observer';
import { useStores } from '@/components/page/stores-context';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import type { MessageRow } from '@/stores';
import type { ReadCount } from '@/stores/chat/team-read-counts';
import type { ChatActions } from './chat-actions';
import { chatTexts } from './texts';

interface RowStateProps {
  row: MessageRow;
  actions: ChatActions;
}

/**
 * The state beside a message of mine: sending, failed, read, or the number of readers in a team. The node is always
 * there: a change of the state sends its class and text, and nothing of the row.
 */
export const RowState = observer(function RowState({ row, actions }: RowStateProps) {
  const t = useTexts(chatTexts);
  const appT = useTexts(appTexts);
  const { readMarks } = useStores().settings;
  const { status, read, messageClientId } = row;
  const isShown = readMarks && status === 'sent';
  const count = isShown ? actions.extras.acts.readCounts.of(messageClientId) : undefined;
  const state = count ? 'reads' : isShown && read ? 'read' : status;
  return (
    <View
      className={STATE_CLASS[state]}
      data-id={messageClientId}
      ariaRole={state === 'failed' || state === 'reads' ? 'button' : undefined}
      ariaLabel={LABELS[state] && appT(LABELS[state])}
      onClick={actions.openState}
    >
      {count ? countText(count, t) : state === 'read' && t('reads.read')}
    </View>
  );
});

function countText({ read, unread }: ReadCount, t: ReturnType<typeof chatTexts>): string {
  if (unread === 0) return t('reads.all');
  return read === 0 ? t('reads.left', { count: unread }) : t('reads.count', { count: read });
}

const STATE_CLASS = {
  sending: 'spinner',
  sent: 'sent',
  failed: 'failed',
  read: 'read',
  reads: 'read reads',
} as const;
const LABELS = {
  sending: 'chat.sending',
  sent: undefined,
  failed: 'chat.sendFailed',
  read: undefined,
  reads: undefined,
} as const;
