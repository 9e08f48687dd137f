package dev.backline.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Refuses a body that is too large while it arrives. Stands before the client's decompression, so
 * that a small answer cannot unpack to a large one.
 */
public final class BodyLimit implements HttpClientConfigurer {
  private final long bytes;

  /**
   * @param megabytes the largest body that is read
   */
  public BodyLimit(int megabytes) {
    this.bytes = (long) megabytes << 20;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client.addExecInterceptorFirst(
        "body-limit",
        (request, scope, chain) -> {
          ClassicHttpResponse response = chain.proceed(request, scope);
          if (response.getEntity() != null) {
            response.setEntity(new Limited(response.getEntity()));
          }
          return response;
        });
  }

  private final class Limited extends HttpEntityWrapper {
    Limited(HttpEntity entity) {
      super(entity);
    }

    @Override
    public InputStream getContent() throws IOException {
      return new Counted(super.getContent());
    }
  }

  private final class Counted extends FilterInputStream {
    private long read;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int more) throws BodyTooLarge {
      read += more;
      if (read > bytes) {
        throw new BodyTooLarge(
            "the answer has more than " + (bytes >> 20) + " MB (fetch.largest-body-mb)");
      }
    }
  }
}
