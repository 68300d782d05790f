import { useMemo } from 'react';
import type { ComposerInlet } from '@/components/composer/composer-inlet';
import type { MoreItem } from '@/components/composer/more-panel';
import { useNavigate } from '@/components/page/navigate';
import { useTexts } from '@/components/page/use-texts';
import { chatTexts } from '../texts';
import { askForPhrase, PHRASES_PAGE } from './phrase-choice';

/** Opens the phrases of the user; the chosen phrase is written at the caret. */
export function usePhraseItems(inlet: ComposerInlet): readonly MoreItem[] {
  const navigate = useNavigate();
  const t = useTexts(chatTexts);
  return useMemo(() => {
    const onTap = () => {
      askForPhrase((phrase) =>
        inlet.write((text, { start, end }) => ({
          text: text.slice(0, start) + phrase + text.slice(end),
          caret: start + phrase.length,
        })),
      );
      navigate(PHRASES_PAGE);
    };
    return [{ key: 'phrases', className: 'more-phrases', label: t('phrases'), onTap }];
  }, [inlet, navigate, t]);
}
