import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends one signed report: {@code java Webhook.java}, Java 17 or newer.
 * Needs URL, SOURCE, SECRET (whsec_...) and MESSAGE_ID in the environment.
 */
public final class Webhook {
  public static void main(String[] args) throws Exception {
    String url = System.getenv("URL");
    String source = System.getenv("SOURCE");
    String secret = System.getenv("SECRET");
    String id = System.getenv("MESSAGE_ID");

    String at = String.valueOf(Instant.now().getEpochSecond());
    // Escaped, so that this file compiles whatever encoding the machine takes it for.
    String title = "\u7f51\u7edc\u76d1\u6d4b\uff1a\u76f4\u64ad\u95f4\u9500\u552e\u4e09\u65e0\u4ea7\u54c1";
    String body = """
        {"category":"monitoring","title":"%s","cohort":{"territory":"410381","industry":"F5292"}}"""
        .formatted(title);

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    byte[] signed = mac.doFinal((id + "." + at + "." + body).getBytes(StandardCharsets.UTF_8));

    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/webhooks/" + source))
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", at)
        .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signed))
        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
        .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    System.out.println(answer.body());
    System.exit(answer.statusCode() < 300 ? 0 : 1);
  }
}
