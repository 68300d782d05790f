import { type CommonEvent, View } from '@tarojs/components';
import { appTexts } from '@/i18n';
import type { MessageStatus } from '@/stores';
import { observer } from '../page/observer';
import { useTexts } from '../page/use-texts';

interface MessageStateProps {
  row: {
    readonly messageClientId: string;
    readonly status: MessageStatus;
  };
  actions: { readonly resend: (event: CommonEvent) => void };
}

/**
 * The state beside a message of mine: sending or failed. The node is always there: a change of the
 * state sends its class and text, and nothing of the row.
 */
export const MessageState = observer(function MessageState({ row, actions }: MessageStateProps) {
  const t = useTexts(appTexts);
  const { status, messageClientId } = row;
  return (
    <View
      className={STATE_CLASS[status]}
      data-id={messageClientId}
      ariaRole={status === 'failed' ? 'button' : undefined}
      ariaLabel={LABELS[status] && t(LABELS[status])}
      onClick={actions.resend}
    />
  );
});

const STATE_CLASS = { sending: 'spinner', sent: 'sent', failed: 'failed' } as const;
const LABELS = {
  sending: 'chat.sending',
  sent: undefined,
  failed: 'chat.sendFailed',
} as const;
