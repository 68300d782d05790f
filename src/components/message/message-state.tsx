import { type CommonEvent, View } from '@tarojs/components';
import { appTexts } from '@/i18n';
import type { MessageStatus } from '@/stores';
import { observer } from '../page/observer';
import { useTexts } from '../page/use-texts';

interface MessageStateProps {
  row: {
    readonly messageClientId: string;
    readonly status: MessageStatus;
    /** Rooms have no read receipts. */
    readonly read: boolean;
  };
  actions: { readonly resend: (event: CommonEvent) => void };
}

/**
 * The state beside a message of mine: sending, failed, or read. The node is always there: a change of the
 * state sends its class and text, and nothing of the row.
 */
export const MessageState = observer(function MessageState({ row, actions }: MessageStateProps) {
  const t = useTexts(appTexts);
  const { status, read, messageClientId } = row;
  const state = status === 'sent' && read ? 'read' : status;
  return (
    <View
      className={STATE_CLASS[state]}
      data-id={messageClientId}
      ariaRole={state === 'failed' ? 'button' : undefined}
      ariaLabel={LABELS[state] && t(LABELS[state])}
      onClick={actions.resend}
    >
      {state === 'read' && t('chat.read')}
    </View>
  );
});

const STATE_CLASS = { sending: 'spinner', sent: 'sent', failed: 'failed', read: 'read' } as const;
const LABELS = {
  sending: 'chat.sending',
  sent: undefined,
  failed: 'chat.sendFailed',
  read: undefined,
} as const;
