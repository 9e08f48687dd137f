# The image of Backline: built with Maven and a JDK, run with a JRE, without root.
# It needs a PostgreSQL (DATABASE_URL) and writes nowhere but /tmp. See docker-compose.yml.

FROM maven:3.9.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
COPY src/main ./src/main
RUN mvn -B -Dbackline.quick -Dmaven.test.skip=true package

FROM eclipse-temurin:17.0.13_11-jre-jammy
WORKDIR /app
# Routes, settings and the logging configuration are found in the working directory.
COPY --from=build /src/target/lib/ ./lib/
COPY --from=build /src/target/backline.jar ./backline.jar
COPY config/ ./config/
COPY routes/ ./routes/
# The API; health, metrics and Jolokia stay on the container's loopback address.
EXPOSE 8080
# Nobody's uid on the host; the files above belong to root and cannot be changed.
USER 10001:10001
# The options of ./backline.
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-XX:InitialHeapSize=128m", "-XX:NewSize=32m", \
  "-XX:Tier4InvocationThreshold=50000", "-XX:Tier4MinInvocationThreshold=6000", "-XX:Tier4CompileThreshold=150000", "-XX:Tier4BackEdgeThreshold=400000", \
  "-XX:+IgnoreUnrecognizedVMOptions", "-XX:TrimNativeHeapInterval=300000", "-XX:PerfDataSamplingInterval=1000", \
  "-jar", "backline.jar"]
CMD ["run"]
