import { page } from '@/components/page/page';
import { fieldIn } from '../team-routes';
import { teamTexts } from '../texts';
import { EditView } from './edit-view';

export default page(EditView, {
  kind: 'inner',
  title: (_t, { settings }, params) => teamTexts(settings.language)(fieldIn(params)),
});
