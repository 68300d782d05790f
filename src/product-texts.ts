import type { Entry, Language } from '@/i18n/types';
import product from '../product.config.json';

/**
 * The texts of a product (product.config.json) in place of those of the catalogues, by language and key. A key of
 * src/i18n/zh-CN.ts is written as it is (`app.slogan`), a key of a sub-package with the name that its texts.ts gives to
 * `textsOf` (`chat:title.typing`). The placeholders stay those of the catalogue; a unit test checks keys and
 * placeholders. Traditional Chinese is made from 'zh-CN' unless 'zh-TW' has the key.
 */
export const PRODUCT_TEXTS: Readonly<
  Partial<Record<Language, Readonly<Partial<Record<string, Entry>>>>>
> = product.texts;
