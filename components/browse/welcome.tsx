import { ArrowUpFromLine, DatabaseZap, ShieldCheck, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '#components/ui/button.tsx';

export interface WelcomeProps {
  /** Not given to viewers, who cannot upload. */
  upload?: { chooseFiles: () => void; chooseFolder: () => void };
  /** The page where people are invited; only for admins. */
  peopleHref?: string;
  /** The page where a bucket that holds files already is added; only for admins. */
  adoptHref?: string;
  /** What already protects the library, as checked: "Versioning and encryption are on." */
  protection?: string;
}

/** The empty library. The whole page is a drop target of the page around it; this leaves for good with the first file. */
export function Welcome({ upload, peopleHref, adoptHref, protection }: WelcomeProps) {
  return (
    <section className="mx-auto grid min-h-full w-full max-w-230 content-center gap-8 px-4 pt-4 pb-10 max-sm:gap-6 max-sm:px-0">
      <div className="flex items-center gap-9 max-sm:gap-4">
        <FirstLayer />
        <div className="min-w-0">
          <h2 className="text-figure max-sm:text-page">Lay down the first layer</h2>
          <p className="mt-2.5 max-w-105 text-[0.9375rem] leading-6 text-fg-2">
            Everything that is put here keeps its history. Replace it, move it, delete it: every version stays until a
            rule removes it, and can be brought back.
          </p>
        </div>
      </div>
      {(upload || peopleHref) && (
        <ul className="grid gap-4 sm:auto-cols-fr sm:grid-flow-col">
          {upload && (
            <Way
              now
              icon={<ArrowUpFromLine />}
              title="Drop files or a folder"
              text="Anywhere on this page. Folders keep their shape, and the bytes go straight to the store."
            >
              <Button variant="primary" onClick={upload.chooseFiles}>
                Choose files
              </Button>
              <Button onClick={upload.chooseFolder}>Choose a folder</Button>
            </Way>
          )}
          {adoptHref && (
            <Way
              icon={<DatabaseZap />}
              title="Add a bucket"
              text="One that holds files already. It is looked at first, and nothing in it is written."
            >
              <ButtonLink href={adoptHref}>Look at a bucket</ButtonLink>
            </Way>
          )}
          {peopleHref && (
            <Way
              icon={<Users />}
              title="Bring your people"
              text="Give viewers, contributors and admins a folder each, or the whole library."
            >
              <ButtonLink href={peopleHref}>Invite people</ButtonLink>
            </Way>
          )}
        </ul>
      )}
      {!upload && (
        <p className="text-fg-2">
          Nothing has been uploaded yet. You may look here; contributors and admins put files in.
        </p>
      )}
      {protection && (
        <p className="flex items-center justify-center gap-2 text-meta text-fg-3">
          <ShieldCheck className="size-3.5" aria-hidden="true" />
          {protection}
        </p>
      )}
    </section>
  );
}

function Way({
  now,
  icon,
  title,
  text,
  children,
}: {
  now?: boolean;
  icon: ReactNode;
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <li
      className={`grid grid-rows-[auto_auto_1fr_auto] justify-items-start rounded-4 p-5 ${now ? 'bg-accent-soft shadow-[inset_0_0_0_1.5px_var(--accent-line)]' : 'inset-shadow-line-2'}`}
    >
      <span
        aria-hidden="true"
        className={`mb-3 grid size-9 place-items-center rounded-4 [&>svg]:size-5 [&>svg]:stroke-[1.8] ${now ? 'bg-sheet text-accent-text' : 'bg-press text-fg-2'}`}
      >
        {icon}
      </span>
      <h3 className="text-title">{title}</h3>
      <p className="mt-1 mb-4 text-fg-2 max-sm:text-read">{text}</p>
      <div className="flex flex-wrap gap-1.5">{children}</div>
    </li>
  );
}

/** An empty core with its first layer. */
function FirstLayer() {
  return (
    <svg width="96" height="204" viewBox="0 0 96 204" aria-hidden="true" className="flex-none max-sm:h-34 max-sm:w-16">
      <defs>
        <clipPath id="first-layer">
          <rect x="1" y="1" width="94" height="202" rx="14" />
        </clipPath>
      </defs>
      <g clipPath="url(#first-layer)">
        <rect width="96" height="204" fill="var(--sunken)" />
        <g fill="none" stroke="var(--line-2)" strokeWidth="1.5" strokeDasharray="4 5">
          <path d="M0 90C16 84 32 83 48 90S80 96 96 88" />
          <path d="M0 140C16 136 32 133 48 140S80 145 96 138" />
          <path d="M0 176C16 174 32 169 48 176S80 180 96 174" />
        </g>
        <path d="M0 0H96V44C80 51 62 40 48 46S16 40 0 47Z" fill="var(--depth-1)" />
      </g>
      <rect x="1" y="1" width="94" height="202" rx="14" fill="none" stroke="var(--line-2)" strokeWidth="1.5" />
    </svg>
  );
}
