package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	secret := os.Getenv("APIVIDEO_WEBHOOK_SECRET") // all of it: sig_sec_…
	if secret == "" {
		log.Fatal("Set APIVIDEO_WEBHOOK_SECRET: an empty key would let anybody sign.")
	}
	http.HandleFunc("/webhook", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20)) // the raw bytes
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(body)
		computed := hex.EncodeToString(mac.Sum(nil))
		came := r.Header.Get("X-Api-Video-Signature")
		if err != nil || !hmac.Equal([]byte(came), []byte(computed)) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		// Genuine. Answer first and work later, on json.Unmarshal(body, …).
		w.WriteHeader(http.StatusAccepted)
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil)) // PORT=3000
}
