import { appTexts } from '@/i18n';
import { kindText } from '../../format/preview-text';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import type { BodyProps } from '../body-props';

/** The text of a line in the middle. */
export const TipsBody = observer(function TipsBody({ row, content }: BodyProps<'tips'>) {
  const t = useTexts(appTexts);
  return <>{kindText(row.kind, content.text, t)}</>;
});
