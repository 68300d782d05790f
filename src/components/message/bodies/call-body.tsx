import { appTexts } from '@/i18n';
import { callText } from '../../format/call-text';
import { observer } from '../../page/observer';
import { useTexts } from '../../page/use-texts';
import type { BodyProps } from '../body-props';
import { Bubble } from '../bubble';
import { NamedBody } from './named-body';

export const CallBody = observer(function CallBody({ row, content, actions }: BodyProps<'call'>) {
  const t = useTexts(appTexts);
  if (!content) return <NamedBody row={row} content={content} actions={actions} />;
  return (
    <Bubble
      row={row}
      actions={actions}
      className={`rec rec-${content.type}`}
      {...(process.env.PRODUCT_CALLS !== 'off' && { onAction: actions.callBack })}
    >
      {callText(content, row.mine, t)}
    </Bubble>
  );
});
