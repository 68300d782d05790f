import { View } from '@tarojs/components';
import { observer } from '../page/observer';
import type { BodyRow } from './body-props';

/**
 * The progress of an upload over a picture or a video. An observer of its own, in which only a text changes: a progress
 * sends the path of this text and at most four characters. The node is always there, see `MessageState`.
 */
export const UploadProgress = observer(function UploadProgress({ row }: { row: BodyRow }) {
  const { status, progress } = row;
  const isSending = status === 'sending';
  return (
    <View className={isSending ? 'picture-progress' : 'picture-done'}>
      {isSending && `${progress}%`}
    </View>
  );
});
