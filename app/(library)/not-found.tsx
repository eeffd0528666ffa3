import { NotYours } from '#components/browse/browse-states.tsx';
import { Page } from '#components/shell/page.tsx';

/** Inside the frame: an address of ours that leads to nothing, or to nothing of yours. */
export default function FramedNotFound() {
  return (
    <Page title="Not found" layout="bare">
      <NotYours href="/" what="page" />
    </Page>
  );
}
