import { appTexts } from '@/i18n';
import { kindText } from '../../format/preview-text';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import type { ContentProps } from '../body-props';
import { Bubble } from '../bubble';

/** Shows the name of a kind that has no view of its own yet. */
export const NamedBody = observer(function NamedBody({ row, actions }: ContentProps<unknown>) {
  const t = useTexts(appTexts);
  return (
    <Bubble row={row} actions={actions} className="bubble-kind">
      {kindText(row.kind, '', t)}
    </Bubble>
  );
});
