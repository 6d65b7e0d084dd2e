/** Tells when the graphics context of a canvas goes away or comes back. Returns the function that stops watching. */
export function watchContext(canvas: HTMLCanvasElement, tell: (state: 'lost' | 'restored') => void): () => void {
  const lost = (event: Event) => {
    // Without this the browser never gives the context back.
    event.preventDefault()
    tell('lost')
  }
  const restored = () => tell('restored')
  canvas.addEventListener('webglcontextlost', lost)
  canvas.addEventListener('webglcontextrestored', restored)
  return () => {
    canvas.removeEventListener('webglcontextlost', lost)
    canvas.removeEventListener('webglcontextrestored', restored)
  }
}
