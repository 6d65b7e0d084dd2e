/** An eight-pointed star of Bukhara's tiles with a rib cage in it. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true">
      <path
        d="M32 2 40.5 11.5 53.2 10.8 52.5 23.5 62 32 52.5 40.5 53.2 53.2 40.5 52.5 32 62 23.5 52.5 10.8 53.2 11.5 40.5 2 32 11.5 23.5 10.8 10.8 23.5 11.5Z"
        fill="#1fa6a0"
      />
      <path
        d="M32 13v38M32 20c-9 0-14 3-14 9M32 20c9 0 14 3 14 9M32 29c-8 0-12 3-12 8M32 29c8 0 12 3 12 8M32 38c-6 0-9 2-9 6M32 38c6 0 9 2 9 6"
        fill="none"
        stroke="#f6f3ee"
        strokeWidth="3.4"
        strokeLinecap="round"
      />
    </svg>
  )
}

/** Rib cage as a line icon, in the manner of the others. */
export function BodyIcon({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M12 3v18M12 6C8 6 5.5 7.5 5.5 10M12 6c4 0 6.5 1.5 6.5 4M12 10.5c-4 0-6.5 1.5-6.5 4M12 10.5c4 0 6.5 1.5 6.5 4M12 15c-3 0-5 1.5-5 3.5M12 15c3 0 5 1.5 5 3.5" />
    </svg>
  )
}
