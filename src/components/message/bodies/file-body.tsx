import { View } from '@tarojs/components';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import type { BodyProps } from '../body-props';
import { Bubble } from '../bubble';
import { extensionOf, fileTypeOf, shortName, sizeText } from '../../format/file-name';
import { fileTexts } from '../file/texts';

/** Two lines of the card. */
const COLUMNS = 34;

/** A card with the name, the size and the type of a file; it says how far an upload or a download is. */
export const FileBody = observer(function FileBody({ row, content, actions }: BodyProps<'file'>) {
  const t = useTexts(fileTexts);
  const { name, ext, size } = content;
  const state = actions.fileState?.(row.messageClientId);
  const note = () => {
    if (state === 'gone') return t('gone');
    if (state !== undefined) return t('loading', { percent: state });
    if (row.status === 'sending') return t('uploading', { percent: row.progress });
    return sizeText(size);
  };
  return (
    <Bubble
      row={row}
      actions={actions}
      className={`card file f-${fileTypeOf(extensionOf(name, ext))}`}
      onAction={actions.openFile}
    >
      <View className="f-name">{shortName(name, COLUMNS) || t('unnamed')}</View>
      <View className="f-note">{note()}</View>
    </Bubble>
  );
});
