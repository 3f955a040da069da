// What could not be sent yet is kept on the device, sealed under a key that only the member's own pages carry: whoever
// finds the device signed out, or signs in as somebody else, can read none of it. Without a store or without encryption
// (a private window, a page that is not served over HTTPS) nothing is kept, and `keep` says so.
const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))

export class Device {
  #key
  #prefix
  #tab = crypto.randomUUID?.() ?? String(Math.random())
  #last = Promise.resolve() // one after the other, so that an older change never overwrites a newer one

  constructor (key, about) {
    this.#prefix = `unsent:${about}:`
    this.#key = crypto.subtle?.importKey('raw', bytes(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
  }

  // Resolves to whether the change is on the device.
  keep (change) {
    this.#last = this.#last.then(() => this.#store(change)).catch(() => false)
    return this.#last
  }

  async #store (change) {
    if (!this.#key) return false
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const plain = new TextEncoder().encode(JSON.stringify(change))
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await this.#key, plain)
    change.place ??= `${this.#prefix}${this.#tab}:${change.name}`
    localStorage.setItem(change.place, JSON.stringify({ madeAt: change.madeAt, iv: text(iv), sealed: text(sealed) }))
    return true
  }

  // The change has arrived: gone from the device, unless a newer one has taken its place.
  forget (change) {
    this.#last = this.#last.then(() => {
      const kept = change.place && localStorage.getItem(change.place)
      if (kept && JSON.parse(kept).madeAt <= change.madeAt) localStorage.removeItem(change.place)
    }).catch(() => false)
  }

  // All that this member's pages for this response left here, oldest first. What cannot be opened is left alone.
  async all () {
    if (!this.#key) return []
    const places = Object.keys(localStorage).filter(place => place.startsWith(this.#prefix))
    const opened = await Promise.all(places.map(place => this.#open(place).catch(() => null)))
    return opened.filter(Boolean).sort((one, other) => one.madeAt - other.madeAt)
  }

  async #open (place) {
    const { iv, sealed } = JSON.parse(localStorage.getItem(place))
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, await this.#key, bytes(sealed))
    return { ...JSON.parse(new TextDecoder().decode(plain)), place }
  }
}
