import { type CommonEvent, View } from '@tarojs/components';
import { Code } from '@/sdk/codes';
import { isForLink, type MessageStatus } from '@/stores';
import { observer } from '../page/observer';
import { reasonText } from '../page/reason-text';
import { useStores } from '../page/stores-context';
import { messageTexts } from './texts';

interface FailureNoteProps {
  row: {
    readonly messageClientId: string;
    readonly status: MessageStatus;
    readonly errorCode: number;
  };
  /** Asks the receiver to become a friend. */
  befriend?: (event: CommonEvent) => void;
}

/** Says under an own message why the server refused it. A message that waits for a link has no note. */
export const FailureNote = observer(function FailureNote({ row, befriend }: FailureNoteProps) {
  const { language } = useStores().settings;
  const { messageClientId, status, errorCode } = row;
  if (status !== 'failed' || errorCode === 0 || isForLink(errorCode)) return null;
  return (
    <View className="why">
      {reasonText(errorCode, language)}
      {befriend && errorCode === Code.friendNotExist && (
        <View className="why-act" data-id={messageClientId} ariaRole="button" onClick={befriend}>
          {messageTexts(language)('befriend')}
        </View>
      )}
    </View>
  );
});
