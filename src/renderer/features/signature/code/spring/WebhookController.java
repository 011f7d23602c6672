import java.security.*;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;

@RestController
class WebhookController {
  @Value("${APIVIDEO_WEBHOOK_SECRET}") // all of it: sig_sec_…
  private String secret;

  @PostMapping("/webhook")
  ResponseEntity<Void> receive(
      @RequestBody(required = false) byte[] body, // the raw bytes: no String, no class of your own
      @RequestHeader(name = "X-Api-Video-Signature", defaultValue = "") String came)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(), "HmacSHA256"));
    String computed = HexFormat.of().formatHex(mac.doFinal(body == null ? new byte[0] : body));
    boolean fits = MessageDigest.isEqual(came.getBytes(), computed.getBytes());

    // Genuine? Then answer first and work later, on the JSON in body.
    return ResponseEntity.status(fits ? 202 : 401).build();
  }
}
